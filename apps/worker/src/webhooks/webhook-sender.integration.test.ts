import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createLab } from '../testing/lab.ts';
import { useOwnStack } from '../testing/own-stack.ts';

const stack = useOwnStack();
const SECRET = 'a secret of the test';

interface Received {
  readonly status: string;
  readonly courseId: string;
  readonly signatureIsRight: boolean;
}

/** A receiver that answers 500 to its first request. */
async function startReceiver() {
  const received: Received[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const body = await text(request);
    if (requests === 1) {
      response.writeHead(500).end();
      return;
    }
    const { status, courseId } = JSON.parse(body);
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    received.push({ status, courseId, signatureIsRight: request.headers['x-webhook-signature'] === signature });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/hook`, [Symbol.dispose]: () => void server.close() };
}

test('each change of status reaches the webhook once, in order, signed, although the first try failed', async () => {
  await using lab = await createLab(stack());
  using receiver = await startReceiver();
  await lab.startWorker({ env: { ...lab.env, webhook: { secret: SECRET, allowPrivate: true } } });
  const { course, generationId } = await lab.admit({
    brief: { title: 'С оповещением', estimated_lessons: 1 },
    webhookUrl: receiver.url,
  });
  await lab.reaches(generationId, 'completed');
  await waitFor(() => receiver.received.some(({ status }) => status === 'completed'), { timeoutMs: 20_000 });
  expect(receiver.received.map(({ status }) => status)).toEqual([
    'initializing',
    'analyzing_task',
    'generating_structure',
    'generating_content',
    'finalizing',
    'completed',
  ]);
  expect(receiver.received.every((one) => one.signatureIsRight && one.courseId === course.id)).toBe(true);
});

test('a private address is not called unless that is allowed', async () => {
  await using lab = await createLab(stack());
  using receiver = await startReceiver();
  await lab.startWorker({ env: { ...lab.env, webhook: { secret: SECRET, allowPrivate: false } } });
  const { generationId } = await lab.admit({
    brief: { title: 'Без оповещения', estimated_lessons: 1 },
    webhookUrl: receiver.url,
  });
  await lab.reaches(generationId, 'completed');
  await waitFor(() =>
    lab.logLines.some((line) => line['msg'] === 'webhook not delivered' && line['outcome'] === 'refused'),
  );
  expect(receiver.received).toEqual([]);
});

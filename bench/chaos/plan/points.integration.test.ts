import { createServiceClient } from '@megacampus/db/clients';
import { createDirectAccess, createGenerationStore } from '@megacampus/db/generations';
import { createLogger } from '@megacampus/log';
import { newGenerationId } from '@megacampus/queue/jobs';
import { useStack } from '@megacampus/test-kit/servers';
import { startTcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import { expect, test } from 'vitest';
import { POINTS } from './points.ts';

const stack = useStack();
const log = createLogger({ name: 'test', level: 'silent' });
const clientAt = (url: string) => createServiceClient({ url, key: stack.serviceKey });

const ways = [
  { name: 'through the REST API', target: stack.supabaseUrl, open: (url: string) => ({ url, access: undefined }) },
  {
    name: 'straight to Postgres',
    target: stack.databaseUrl,
    open: (url: string) => ({ url: stack.supabaseUrl, access: createDirectAccess({ url, log }) }),
  },
];

test.for(ways)('the commit of a step is recognised by what passes $name', async ({ target, open }) => {
  const proxy = await startTcpProxy(target);
  const { url, access } = open(proxy.url);
  const store = createGenerationStore(clientAt(url), access);
  const seen: string[] = [];
  proxy.watchAnswers((asked, answer) => {
    for (const [name, point] of Object.entries(POINTS)) if (point.is(asked, answer)) seen.push(name);
    return 'pass';
  });
  const user = await signUp(stack, 'PREMIUM');
  const course = await createCourse(stack, user);
  const metadata = { generation_id: newGenerationId(), user_id: user.userId };
  const step = { courseId: course.id, message: 'x', metadata } as const;
  await store.listInFlight();
  expect(seen.splice(0)).toEqual(['during reconcile']);
  for (const round of [1, 2]) {
    await store.recordProgress({ ...step, stepId: 1, status: 'completed' });
    expect(seen.splice(0), `round ${round}`).toEqual(['after the commit of step 1']);
    await store.recordProgress({ ...step, stepId: 2, status: 'in_progress' });
    expect(seen.splice(0), `round ${round}`).toEqual([]);
  }
  await access?.close();
  await proxy.close();
});

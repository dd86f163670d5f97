import { startWeb, startWorkerProcess } from '@megacampus/test-kit/apps';
import { startModelServer } from '@megacampus/test-kit/model-server';
import { borrowStack } from '@megacampus/test-kit/own-stack';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { generate } from '../../testing/call-api.ts';
import { startCollector } from '../../testing/collector.ts';

test('one trace leads from the click through the queue to the last call of the model', async () => {
  await using resources = new AsyncDisposableStack();
  const [stack, collector, model] = await Promise.all([borrowStack(), startCollector(), startModelServer()]);
  resources.defer(() => Promise.all([stack.stop(), collector.close(), model.close()]).then(() => {}));
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
    AI_BASE_URL: model.url,
    AI_MODEL: 'test',
  };
  const web = await startWeb(stack, { env });
  resources.defer(() => web.stop());
  const worker = await startWorkerProcess(stack, { env });
  resources.defer(() => worker.stop());

  const user = await signUp(stack, 'PREMIUM');
  const course = await createCourse(stack, user);
  expect((await generate(web.url, user.accessToken, course.id)).status).toBe(200);

  const inOneTrace = () => {
    const click = collector.spans.find(({ name }) => name.includes('/api/coursegen/generate'));
    return collector.spans.filter(({ traceId }) => traceId === click?.traceId);
  };
  const seen = (service: string, what: (span: { name: string; url: string }) => boolean) =>
    inOneTrace().some((span) => span.service === service && what(span));
  await waitFor(
    () =>
      seen('megacampus-web', ({ name }) => name === 'update_course_progress') &&
      seen('megacampus-worker', ({ name }) => name.includes('course-generation')) &&
      seen('megacampus-worker', ({ url }) => url.startsWith(model.url)) &&
      seen('megacampus-worker', ({ name }) => name === 'save_summary'),
    { timeoutMs: 60_000 },
  );
}, 240_000);

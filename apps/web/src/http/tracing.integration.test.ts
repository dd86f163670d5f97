import { startWeb, startWorkerProcess } from '@megacampus/test-kit/apps';
import { startModelServer } from '@megacampus/test-kit/model-server';
import { borrowStack } from '@megacampus/test-kit/own-stack';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { callApi } from '../../testing/call-api.ts';
import { startCollector } from '../../testing/collector.ts';

test('one trace, and one request id in the log, lead from the click through the queue to the last call of the model', async () => {
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
  const headers = { 'x-request-id': 'the-click' };
  const call = { token: user.accessToken, headers, body: { courseId: course.id } };
  const answer = await callApi(web.url, 'POST', '/api/coursegen/generate', call);
  expect(answer.status).toBe(200);

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

  const ids = {
    ...{ requestId: 'the-click', userId: user.userId, courseId: course.id, tier: 'PREMIUM' },
    generationId: answer.body.jobId,
  };
  const ofClick = logged(web.lines).filter(({ requestId }) => requestId === 'the-click');
  for (const msg of ['admission', 'request'])
    expect(ofClick).toContainEqual(expect.objectContaining({ msg, ...ids, jobId: answer.body.jobId }));
  const ofJobs = logged(worker.lines).filter(({ stage }) => stage !== undefined);
  expect(new Set(ofJobs.map(({ stage }) => stage)).size).toBeGreaterThanOrEqual(4);
  expect(ofJobs).toEqual(ofJobs.map((line) => expect.objectContaining({ ...line, ...ids, jobId: expect.any(String) })));
}, 240_000);

const logged = (lines: readonly string[]) =>
  lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));

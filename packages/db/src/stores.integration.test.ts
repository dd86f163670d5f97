import { randomUUID } from 'node:crypto';
import { briefSchema } from '@megacampus/domain/course';
import { Fault } from '@megacampus/domain/errors';
import { METRIC_EVENTS } from '@megacampus/domain/events';
import { createLogger } from '@megacampus/log';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { signUp } from '@megacampus/test-kit/users';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServiceClient, createUserClient, must } from './clients.ts';
import { createCourseStore } from './courses.ts';
import { DOCUMENT_BUCKET } from './documents.ts';
import { createMetrics } from './metrics.ts';
import { contentOf, useDatabase } from './testing/database.ts';

const db = useDatabase();
const { supabaseUrl: url, publishableKey, serviceKey: key } = db.stack;
const log = createLogger({ name: 'test', level: 'silent' });

describe('courses', () => {
  const brief = briefSchema.parse({ title: 'Как варить кофе', difficulty: 'advanced' });

  test('are made by their user with a slug of their title', async () => {
    const user = await signUp(db.stack);
    const courses = createCourseStore(createUserClient({ url, key: publishableKey, accessToken: user.accessToken }));
    const { id, slug } = await courses.create(user.userId, brief);
    expect(slug).toMatch(/^kak-varit-kofe-[a-z0-9]{8}$/);
    expect(await db.course(id)).toMatchObject({
      user_id: user.userId,
      slug,
      title: brief.title,
      difficulty: 'advanced',
    });
    expect(await courses.updateBrief(id, { ...brief, title: 'Иначе' })).toBe(true);
    expect(await db.course(id)).toMatchObject({ slug, title: 'Иначе' });
    const other = await db.addCourse();
    expect(await courses.updateBrief(other.courseId, brief)).toBe(false);
    expect(await courses.remove(other.courseId)).toBe(false);
  });

  test('a slug that is taken is tried again with another suffix, but not for ever', async () => {
    const userId = await db.addUser();
    const taken = `t${randomUUID().slice(0, 6)}`;
    const fresh = `f${randomUUID().slice(0, 6)}`;
    const suffixes = [taken, taken, taken, fresh];
    const courses = createCourseStore(db.client, () => suffixes.shift() ?? taken);
    await courses.create(userId, brief);
    expect((await courses.create(userId, brief)).slug).toBe(`kak-varit-kofe-${fresh}`);
    await expect(courses.create(userId, brief)).rejects.toBeInstanceOf(Fault);
  });

  test('are removed with their files', async () => {
    const user = await signUp(db.stack, 'PREMIUM');
    const client = createUserClient({ url, key: publishableKey, accessToken: user.accessToken });
    const courses = createCourseStore(client);
    const { id } = await courses.create(user.userId, brief);
    for (const name of ['a.md', 'b.md']) {
      const path = `${user.userId}/${id}/${name}`;
      await db.admitUpload(user.userId, path);
      must(await client.storage.from(DOCUMENT_BUCKET).upload(path, new Uint8Array([65])), 'storage');
    }
    expect(await courses.remove(id)).toBe(true);
    expect(await courses.remove(id)).toBe(false);
    expect(await db.rows("SELECT name FROM storage.objects WHERE name LIKE $1 || '/%'", [user.userId])).toEqual([]);
  });

  test('show their last completed generation', async () => {
    const { courseId } = await db.addCourse();
    const courses = createCourseStore(db.client);
    expect(await courses.shownGeneration(courseId)).toBeNull();
    const complete = async () => {
      const { generationId, lessonIds } = await db.outline(courseId, 1);
      await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content: contentOf('x') });
      await db.move(courseId, 5, 'completed', { generationId });
      return generationId;
    };
    await complete();
    const second = await complete();
    expect(await courses.shownGeneration(courseId)).toBe(second);
    const third = await db.outline(courseId, 1);
    expect(await courses.shownGeneration(courseId)).toBe(second);
    await db.store.cancel({ courseId, generationId: third.generationId });
    expect(await courses.shownGeneration(courseId)).toBe(second);
  });
});

describe('metrics', () => {
  const stored = (jobId: string) =>
    db.rows(
      'SELECT event_type, severity, user_id, course_id, metadata FROM system_metrics WHERE job_id = $1 ORDER BY event_type',
      [jobId],
    );

  test('every event is stored, with its severity', async () => {
    const { userId, courseId } = await db.addCourse();
    const jobId = randomUUID();
    const metrics = createMetrics(db.client, log);
    for (const type of METRIC_EVENTS) metrics.record({ type, userId, courseId, jobId, metadata: { a: { b: 1 } } });
    await metrics.flush();
    const rows = await stored(jobId);
    expect(rows).toHaveLength(METRIC_EVENTS.length);
    expect(rows).toContainEqual({
      event_type: 'rpc_retry_exhausted',
      severity: 'fatal',
      user_id: userId,
      course_id: courseId,
      metadata: { a: { b: 1 } },
    });
  });

  test('an event about a course that is gone already is stored all the same', async () => {
    const jobId = randomUUID();
    const courseId = randomUUID();
    const metrics = createMetrics(db.client, log);
    metrics.record({ type: 'job_rollback', courseId, jobId, metadata: { reason: 'x' } });
    await metrics.flush();
    expect(await stored(jobId)).toMatchObject([{ course_id: null, metadata: { reason: 'x', course_id: courseId } }]);
  });

  test('a flood is stored whole in a few requests, one of a course that is gone among them', async () => {
    const { courseId } = await db.addCourse();
    const jobId = randomUUID();
    let requests = 0;
    const counting = createServiceClient({ url: db.stack.supabaseUrl, key: db.stack.serviceKey });
    const from = counting.from.bind(counting);
    Object.assign(counting, {
      from: (table: 'system_metrics') => {
        requests += 1;
        return from(table);
      },
    });
    const metrics = createMetrics(counting, log);
    for (let n = 0; n < 300; n += 1)
      metrics.record({ type: 'concurrency_limit_hit', courseId, jobId, metadata: { n } });
    await metrics.flush();
    expect(requests).toBeLessThan(10);
    metrics.record({ type: 'concurrency_limit_hit', jobId, metadata: { n: 300 } });
    for (const gone of [courseId, randomUUID(), courseId])
      metrics.record({ type: 'concurrency_limit_hit', courseId: gone, jobId, metadata: { n: 301 } });
    await metrics.flush();
    const rows = await stored(jobId);
    expect(rows).toHaveLength(304);
    expect(new Set(rows.map(({ metadata }) => (metadata as { n: number }).n)).size).toBe(302);
    expect(rows.filter(({ course_id }) => course_id === null)).toHaveLength(2);
  });

  test('recording neither waits nor throws when the database is down, and a flush gives up', async () => {
    const metrics = createMetrics(createServiceClient({ url: 'http://127.0.0.1:9', key }), log);
    expect(metrics.record({ type: 'worker_timeout' })).toBeUndefined();
    await metrics.flush();
  });

  describe('an event of an outage', () => {
    let proxy: TcpProxy;
    beforeAll(async () => {
      proxy = await startTcpProxy(db.stack.supabaseUrl);
    });
    afterAll(() => proxy.close());
    const behindProxy = (logger = log) =>
      createMetrics(createServiceClient({ url: proxy.url, key, timeoutMs: 500 }), logger);

    test('is stored when the database is back, and is in the log once, should the process die before that', async () => {
      const jobId = randomUUID();
      const lines: string[] = [];
      const destination = { write: (line: string) => void lines.push(line) };
      const metrics = behindProxy(createLogger({ name: 'test', level: 'warn', destination }));
      await proxy.cut();
      metrics.record({ type: 'job_rollback', jobId });
      await new Promise((resolve) => setTimeout(resolve, 300));
      metrics.record({ type: 'rpc_retry_exhausted', jobId });
      await proxy.restore();
      await expect.poll(() => stored(jobId), { timeout: 10_000 }).toHaveLength(2);
      expect(lines.filter((line) => line.includes('job_rollback'))).toHaveLength(1);
    });

    test('is one row, also when the answer to its insert was lost', async () => {
      const jobId = randomUUID();
      const metrics = behindProxy();
      proxy.dropResponses();
      metrics.record({ type: 'job_rollback', jobId });
      await proxy.swallowed();
      // Past the deadline of 500 ms: it waits for its next try, which the flush below makes.
      await new Promise((resolve) => setTimeout(resolve, 800));
      await proxy.restore();
      await metrics.flush();
      expect(await stored(jobId)).toHaveLength(1);
    });
  });
});

import { randomUUID } from 'node:crypto';
import { newGenerationId } from '@megacampus/queue/jobs';
import { Queue } from 'bullmq';
import { jwtVerify } from 'jose';
import { RESERVE } from '../../../packages/queue/src/slots/scripts.ts';
import type { World } from '../world.ts';
import { type Ask, stepOne } from './admission-sides.ts';

/**
 * The parts of an admission with nothing around them: a signature checked, two HTTP requests, one script by its hash,
 * one job. No schema, deadline, retry, undo or log.
 */
export async function bareParts(world: World) {
  const { stack, redis } = world;
  const tag = `{bare-${randomUUID()}}`;
  const queue = new Queue('course-generation', { connection: redis, prefix: tag });
  queue.on('error', () => undefined);
  world.defer(() => queue.close());
  await redis.script('LOAD', RESERVE.source);
  const secret = new TextEncoder().encode(stack.jwtSecret);

  const headers = {
    apikey: stack.serviceKey,
    authorization: `Bearer ${stack.serviceKey}`,
    'content-type': 'application/json',
  };
  async function request<T>(path: string, body?: object): Promise<T> {
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${stack.supabaseUrl}/rest/v1/${path}`, { headers, ...post });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function admitBare(ask: Ask): Promise<void> {
    await jwtVerify(ask.token, secret, { algorithms: ['HS256'] });
    const [course] = await request<object[]>(`admissions?select=*&id=eq.${ask.courseId}`);
    const id = newGenerationId();
    const keys = [
      `${tag}:slots`,
      `${tag}:slots:user:${ask.userId}`,
      `${tag}:slots:course:${ask.courseId}`,
      `${tag}:limit`,
    ];
    await redis.evalsha(RESERVE.sha1, 4, ...keys, ask.courseId, ask.userId, id, 10_000, 10_000, 60_000, '', '');
    await queue.add('structure_analysis', { ...course, ...ask, generationId: id }, { jobId: id, priority: 1 });
    await request('rpc/update_course_progress', stepOne(ask, id));
  }
  return { tag, queue, admitBare };
}

import { randomUUID } from 'node:crypto';
import { newGenerationId } from '@megacampus/queue/jobs';
import { Queue } from 'bullmq';
import { jwtVerify } from 'jose';
import pg from 'pg';
import { RESERVE } from '../../../packages/queue/src/slots/scripts.ts';
import { knowScript, type World } from '../world.ts';
import { type Ask, stepOne } from './admission-sides.ts';

/** The two questions to the database, asked by the shortest way there is. */
interface Database {
  admission(courseId: string): Promise<object | undefined>;
  recordStepOne(step: ReturnType<typeof stepOne>): Promise<unknown>;
}

/**
 * The parts of an admission with nothing around them: a signature checked, two questions to the database, one script by
 * its hash, one job. No schema, deadline, retry, undo or log.
 */
export async function bareParts(world: World, ask: 'straight' | 'rest') {
  const { stack, redis } = world;
  const tag = `{bare-${randomUUID()}}`;
  const queue = new Queue('course-generation', { connection: redis, prefix: tag });
  queue.on('error', () => undefined);
  world.defer(() => queue.close());
  await knowScript(redis, RESERVE.source);
  const secret = new TextEncoder().encode(stack.jwtSecret);

  const database = ask === 'straight' ? bareStatements(world) : bareRequests(world);

  async function admitBare(ask: Ask): Promise<void> {
    await jwtVerify(ask.token, secret, { algorithms: ['HS256'] });
    const course = await database.admission(ask.courseId);
    const id = newGenerationId();
    const keys = [
      `${tag}:slots`,
      `${tag}:slots:user:${ask.userId}`,
      `${tag}:slots:course:${ask.courseId}`,
      `${tag}:limit`,
    ];
    await redis.evalsha(RESERVE.sha1, 4, ...keys, ask.courseId, ask.userId, id, 10_000, 10_000, 60_000, '', '');
    await queue.add('structure_analysis', { ...course, ...ask, generationId: id }, { jobId: id, priority: 1 });
    await database.recordStepOne(stepOne(ask, id));
  }
  return { tag, queue, admitBare };
}

function bareRequests({ stack }: World): Database {
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
  return {
    admission: async (courseId) => (await request<object[]>(`admissions?select=*&id=eq.${courseId}`))[0],
    recordStepOne: (step) => request('rpc/update_course_progress', step),
  };
}

const RECORD = `SELECT public.update_course_progress(p_course_id => $1, p_step_id => $2, p_status => $3, p_message => $4,
  p_error_message => $5, p_error_details => $6, p_metadata => $7)`;

function bareStatements(world: World): Database {
  const pool = new pg.Pool({ connectionString: world.stack.databaseUrl });
  world.defer(() => pool.end());
  return {
    async admission(courseId) {
      const text = 'SELECT * FROM public.admissions WHERE id = $1';
      return (await pool.query<object>({ name: 'admission', text, values: [courseId] })).rows[0];
    },
    recordStepOne: (step) => pool.query({ name: 'record', text: RECORD, values: Object.values(step) }),
  };
}

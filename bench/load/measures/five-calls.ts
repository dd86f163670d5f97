import { randomUUID } from 'node:crypto';
import { newGenerationId } from '@megacampus/queue/jobs';
import { createClient } from '@supabase/supabase-js';
import { Queue } from 'bullmq';
import type { World } from '../world.ts';
import { type Ask, stepOne } from './admission-sides.ts';

/** Two counters and their limits, as most implementations have them. */
const COUNTERS = `
local user, all = tonumber(redis.call('GET', KEYS[1]) or 0), tonumber(redis.call('GET', KEYS[2]) or 0)
if user >= tonumber(ARGV[1]) or all >= tonumber(ARGV[2]) then return 0 end
redis.call('INCR', KEYS[1]) redis.call('EXPIRE', KEYS[1], 3600) redis.call('INCR', KEYS[2])
return 1`;

/** What a straightforward implementation does, with the usual libraries: getUser, select, counters, add, rpc. */
export function fiveCalls(world: World) {
  const { stack, redis } = world;
  const tag = `{five-${randomUUID()}}`;
  const queue = new Queue('course-generation', { connection: redis, prefix: tag });
  queue.on('error', () => undefined);
  world.defer(() => queue.close());
  const supabase = createClient(stack.supabaseUrl, stack.serviceKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });

  async function admitPlainly(ask: Ask): Promise<void> {
    const { data, error } = await supabase.auth.getUser(ask.token);
    if (error !== null) throw error;
    const { id: userId } = data.user;
    const course = await supabase.from('courses').select('*').eq('id', ask.courseId).single();
    if (course.error !== null) throw course.error;
    if (course.data.user_id !== userId) throw new Error('not the owner');
    const allowed = await redis.eval(COUNTERS, 2, `${tag}:user:${userId}`, `${tag}:all`, 10_000, 10_000);
    if (allowed !== 1) throw new Error('limit');
    const id = newGenerationId();
    await queue.add('structure_analysis', { ...course.data, generationId: id }, { jobId: id, priority: 1 });
    const recorded = await supabase.rpc('update_course_progress', stepOne(ask, id));
    if (recorded.error !== null) throw recorded.error;
  }
  return { tag, queue, admitPlainly };
}

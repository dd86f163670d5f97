import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { redisNowMs } from '../redis-clock.ts';
import type { Lease, SlotCounts } from './slots.ts';

export async function readLease(redis: RedisClient, keys: Keys, courseId: string): Promise<Lease | null> {
  const [nowMs, expiry, slot] = await Promise.all([
    redisNowMs(redis, keys),
    redis.zscore(keys.slots, courseId),
    redis.hgetall(keys.courseSlot(courseId)),
  ]);
  return expiry === null ? null : leaseFrom(courseId, Number(expiry), slot, nowMs);
}

export async function readAllLeases(redis: RedisClient, keys: Keys): Promise<Lease[]> {
  const [nowMs, flat] = await Promise.all([redisNowMs(redis, keys), redis.zrange(keys.slots, 0, '-1', 'WITHSCORES')]);
  const courseIds = flat.filter((_, index) => index % 2 === 0);
  const slots = await Promise.all(courseIds.map((courseId) => redis.hgetall(keys.courseSlot(courseId))));
  return courseIds
    .map((courseId, index) => leaseFrom(courseId, Number(flat[index * 2 + 1]), slots[index] ?? {}, nowMs))
    .filter((lease) => lease !== null);
}

export async function readCounts(
  redis: RedisClient,
  keys: Keys,
  userId: string,
): Promise<Pick<SlotCounts, 'userJobs' | 'globalJobs'>> {
  const nowMs = await redisNowMs(redis, keys);
  const [userJobs, globalJobs] = await Promise.all([
    redis.zcount(keys.userSlots(userId), `(${nowMs}`, '+inf'),
    redis.zcount(keys.slots, `(${nowMs}`, '+inf'),
  ]);
  return { userJobs, globalJobs };
}

export async function readGlobalLimit(redis: RedisClient, keys: Keys): Promise<number | null> {
  const limit = Number((await redis.get(keys.globalLimit)) ?? Number.NaN);
  return Number.isSafeInteger(limit) && limit >= 1 ? limit : null;
}

/** Null for a lease that has expired, or was released between the two reads. */
function leaseFrom(courseId: string, expiresAtMs: number, slot: Record<string, string>, nowMs: number): Lease | null {
  const { generationId, userId, reservedAtMs, renewedAtMs } = slot;
  if (expiresAtMs <= nowMs || generationId === undefined || userId === undefined) return null;
  return {
    courseId,
    userId,
    generationId,
    reservedAtMs: Number(reservedAtMs),
    renewedAtMs: Number(renewedAtMs),
    expiresAtMs,
    heldForMs: Math.max(0, nowMs - Number(reservedAtMs)),
  };
}

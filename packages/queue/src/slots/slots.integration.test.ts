import { startRedis } from '@megacampus/test-kit/servers';
import { nanoid } from 'nanoid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { closeRedis, createProducerRedis, waitUntilReady } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { runScript } from '../run-script.ts';
import { connectForTest, silentLog, testKeys } from '../testing/fixtures.ts';
import { RENEW, RESERVE } from './scripts.ts';
import { createSlots, type ReserveRequest, SLOT_TTL_MS, type Slots } from './slots.ts';

const redis = connectForTest();
let keys: Keys;
let slots: Slots;
beforeEach(() => {
  keys = testKeys();
  slots = createSlots(redis, keys);
});

function request(overrides: Partial<ReserveRequest> = {}): ReserveRequest {
  const ids = { courseId: nanoid(), userId: nanoid(), generationId: nanoid() };
  return { ...ids, userLimit: 2, defaultGlobalLimit: 3, ttlMs: SLOT_TTL_MS, ...overrides };
}

/** Lets a lease expire now, by moving its expiry into the past. */
async function expire({ courseId, userId }: ReserveRequest): Promise<void> {
  await redis.zadd(keys.slots, 'XX', 1, courseId);
  await redis.zadd(keys.userSlots(userId), 'XX', 1, courseId);
}

describe('reserve', () => {
  it('takes one slot, with the counts after it', async () => {
    const first = request();
    expect(await slots.reserve(first)).toEqual({
      outcome: 'reserved',
      counts: { userJobs: 1, userLimit: 2, globalJobs: 1, globalLimit: 3 },
    });
    expect(await slots.get(first.courseId)).toMatchObject({ ...pick(first), heldForMs: expect.any(Number) });
  });

  it('is one slot for the same generation, however often, and renews it', async () => {
    const first = request();
    await slots.reserve(first);
    const before = await slots.get(first.courseId);
    for (let i = 0; i < 5; i++)
      expect(await slots.reserve({ ...first, ttlMs: SLOT_TTL_MS * 2 })).toMatchObject({
        outcome: 'reserved',
        counts: { userJobs: 1, globalJobs: 1 },
      });
    const after = await slots.get(first.courseId);
    expect(after?.reservedAtMs).toBe(before?.reservedAtMs);
    expect(after?.expiresAtMs).toBeGreaterThan((before?.expiresAtMs ?? 0) + SLOT_TTL_MS / 2);
  });

  it('names the generation that already runs for the course, and changes nothing', async () => {
    const first = request();
    await slots.reserve(first);
    expect(await slots.reserve({ ...first, generationId: 'other' })).toMatchObject({
      outcome: 'already_running',
      generationId: first.generationId,
      heldForMs: expect.any(Number),
      counts: { userJobs: 1, globalJobs: 1 },
    });
    expect(await slots.list()).toMatchObject([pick(first)]);
  });

  it('lets 50 simultaneous requests for one course have one slot', async () => {
    const first = request();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => slots.reserve({ ...first, generationId: nanoid() })),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'already_running')).toHaveLength(49);
    expect(await slots.counts(first.userId)).toEqual({ userJobs: 1, globalJobs: 1 });
  });

  it('stops at the limit of the user, then at the global one, and holds nothing for the refused', async () => {
    const mine = request();
    await slots.reserve(mine);
    await slots.reserve(request({ userId: mine.userId }));
    const refused = request({ userId: mine.userId });
    expect(await slots.reserve(refused)).toEqual({
      outcome: 'user_limit',
      counts: { userJobs: 2, userLimit: 2, globalJobs: 2, globalLimit: 3 },
    });
    await slots.reserve(request());
    const other = request();
    expect(await slots.reserve(other)).toEqual({
      outcome: 'global_limit',
      counts: { userJobs: 0, userLimit: 2, globalJobs: 3, globalLimit: 3 },
    });
    expect(await slots.get(refused.courseId)).toBeNull();
    expect(await slots.get(other.courseId)).toBeNull();
    expect(await redis.exists(keys.courseSlot(other.courseId), keys.userSlots(other.userId))).toBe(0);
  });

  it('takes over from exactly the generation named, even at the limit', async () => {
    const ended = request({ userLimit: 1, defaultGlobalLimit: 1 });
    await slots.reserve(ended);
    const next = { ...ended, generationId: 'next' };
    expect(await slots.reserve({ ...next, takeOverFrom: 'another' })).toMatchObject({ outcome: 'already_running' });
    expect(await slots.reserve({ ...next, takeOverFrom: ended.generationId })).toMatchObject({
      outcome: 'reserved',
      counts: { userJobs: 1, globalJobs: 1 },
    });
    expect(await slots.renew(ended)).toBe('lost');
    expect(await slots.release(ended)).toBe('not_held');
    expect(await slots.list()).toMatchObject([{ generationId: 'next' }]);
  });

  it('admits a takeover like any other once the limit was lowered below what is held', async () => {
    const ended = request();
    await slots.reserve(ended);
    await slots.reserve(request());
    await slots.setGlobalLimit(1);
    const next = { ...ended, generationId: 'next', takeOverFrom: ended.generationId };
    expect(await slots.reserve(next)).toMatchObject({
      outcome: 'global_limit',
      counts: { globalJobs: 2, globalLimit: 1 },
    });
    expect(await slots.get(ended.courseId)).toMatchObject(pick(ended));
  });

  it('restores what the database says is in flight, over the limits, but not over another lease', async () => {
    const limits = { userLimit: 1, defaultGlobalLimit: 1 };
    const running = request(limits);
    await slots.reserve(running);
    const lost = request({ ...limits, userId: running.userId, alreadyAdmitted: true });
    expect(await slots.reserve(lost)).toMatchObject({ outcome: 'reserved', counts: { userJobs: 2, globalJobs: 2 } });
    expect(await slots.reserve({ ...running, generationId: 'stale', alreadyAdmitted: true })).toMatchObject({
      outcome: 'already_running',
    });
  });

  it('counts live leases only', async () => {
    const first = request({ userLimit: 1, defaultGlobalLimit: 1 });
    await slots.reserve(first);
    await expire(first);
    const next = request({ userId: first.userId, userLimit: 1, defaultGlobalLimit: 1 });
    expect(await slots.reserve(next)).toMatchObject({ outcome: 'reserved', counts: { userJobs: 1, globalJobs: 1 } });
    expect(await slots.list()).toMatchObject([pick(next)]);
  });

  it('frees a lease by itself when its time is over', async () => {
    const first = request({ ttlMs: 1 });
    await slots.reserve(first);
    await expect.poll(() => slots.get(first.courseId)).toBeNull();
    expect(await slots.renew(first)).toBe('lost');
    expect(await slots.counts(first.userId)).toEqual({ userJobs: 0, globalJobs: 0 });
  });
});

describe('the global limit', () => {
  it('is taken over at the next admission, in both directions', async () => {
    await slots.reserve(request());
    expect(await slots.getGlobalLimit()).toBeNull();
    await slots.setGlobalLimit(1);
    expect(await slots.reserve(request())).toMatchObject({ outcome: 'global_limit', counts: { globalLimit: 1 } });
    await slots.setGlobalLimit(2);
    expect(await slots.reserve(request())).toMatchObject({ outcome: 'reserved', counts: { globalLimit: 2 } });
    expect(await slots.getGlobalLimit()).toBe(2);
    await slots.setGlobalLimit(null);
    expect(await slots.getGlobalLimit()).toBeNull();
    expect(await slots.reserve(request())).toMatchObject({ outcome: 'reserved', counts: { globalLimit: 3 } });
  });

  it.each(['nan', 'many', '-1', '0', '1.5', 'inf', ''])('is the default where Redis holds "%s"', async (bad) => {
    await redis.set(keys.globalLimit, bad);
    expect(await slots.getGlobalLimit()).toBeNull();
    expect(await slots.reserve(request({ defaultGlobalLimit: 1 }))).toMatchObject({ counts: { globalLimit: 1 } });
    expect(await slots.reserve(request({ defaultGlobalLimit: 1 }))).toMatchObject({ outcome: 'global_limit' });
  });
});

describe('bad numbers', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1.5])('%d is refused before Redis', async (bad) => {
    for (const name of ['userLimit', 'defaultGlobalLimit', 'ttlMs'] as const) {
      await expect(slots.reserve(request({ [name]: bad }))).rejects.toThrow(RangeError);
    }
    await expect(slots.renew({ ...request(), ttlMs: bad })).rejects.toThrow(RangeError);
    await expect(slots.setGlobalLimit(bad)).rejects.toThrow(RangeError);
    expect(await slots.list()).toEqual([]);
  });

  it.each(['NaN', 'nan', '-nan', 'inf', '0', '-1', '1.5', '', 'many'])(
    '"%s" is refused in Lua as well',
    async (bad) => {
      const scriptKeys = [keys.slots, keys.userSlots('u'), keys.courseSlot('c'), keys.globalLimit];
      for (const place of [3, 4, 5]) {
        const args = ['c', 'u', 'g', '1', '1', '1000', '', ''];
        args[place] = bad;
        expect(await runScript(redis, RESERVE, scriptKeys, args)).toEqual([-1, 0, 0, 0, 0, '', 0]);
      }
      expect(await runScript(redis, RENEW, scriptKeys.slice(0, 3), ['c', 'u', 'g', bad])).toBe(-1);
      expect(await redis.exists(...scriptKeys)).toBe(0);
    },
  );
});

describe('renew and release', () => {
  it('belong to the holder alone', async () => {
    const first = request();
    await slots.reserve(first);
    const stale = { ...first, generationId: 'stale' };
    const stranger = { ...first, userId: 'stranger' };
    for (const other of [stale, stranger]) {
      expect(await slots.renew(other)).toBe('lost');
      expect(await slots.release(other)).toBe('not_held');
    }
    expect(await slots.renew(first)).toBe('renewed');
    expect(await slots.list()).toMatchObject([pick(first)]);
  });

  it('release gives back once; again is nothing', async () => {
    const first = request();
    await slots.reserve(first);
    await slots.reserve(request({ userId: first.userId }));
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => slots.release(first)));
    expect(outcomes.toSorted()).toEqual(['not_held', 'not_held', 'not_held', 'not_held', 'released']);
    expect(await slots.counts(first.userId)).toEqual({ userJobs: 1, globalJobs: 1 });
  });

  it('an expired lease is not revived by a renewal, only by a new reservation', async () => {
    const first = request();
    await slots.reserve(first);
    await expire(first);
    expect(await slots.renew(first)).toBe('lost');
    expect(await slots.get(first.courseId)).toBeNull();
    expect(await slots.reserve({ ...first, alreadyAdmitted: true })).toMatchObject({ outcome: 'reserved' });
    expect(await slots.renew(first)).toBe('renewed');
  });
});

it('works on a server that has never seen the scripts, or has forgotten them', async () => {
  const server = await startRedis();
  onTestFinished(() => server.close());
  const own = createProducerRedis(server.url, { log: silentLog, name: 'test' });
  onTestFinished(() => closeRedis(own));
  await waitUntilReady(own, 5_000);
  const first = request();
  for (let round = 0; round < 2; round++) {
    const fresh = createSlots(own, keys);
    expect(await fresh.reserve(first)).toMatchObject({ outcome: 'reserved' });
    expect(await fresh.renew(first)).toBe('renewed');
    expect(await fresh.release(first)).toBe('released');
    await own.script('FLUSH');
  }
});

function pick({ courseId, userId, generationId }: ReserveRequest) {
  return { courseId, userId, generationId };
}

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { connectForTest, testKeys } from '../testing/fixtures.ts';
import { type Operation, type Result, SlotsModel } from '../testing/slots-model.ts';
import { createSlots, type Lease, SLOT_TTL_MS, type Slots } from './slots.ts';

/*
 * The leases on a real Redis against a model in memory. Time is deterministic: leases are long, and one expires when
 * a test moves its end into the past, as the scripts see it by Redis's own clock.
 */
const [redis, secondRedis] = [connectForTest(), connectForTest()];

const OWNERS = [1, 1, 2, 3, 5, 5].map((limit, index) => ({ userId: `user-${index}`, limit }));
const COURSES = OWNERS.flatMap((owner, index) => [0, 1, 2].map((n) => ({ courseId: `course-${index}-${n}`, owner })));
const GLOBAL_LIMIT = 4;

const course = fc.constantFrom(...COURSES);
/** Few, so that repeats and stale generations are common. */
const generationId = fc.constantFrom('g1', 'g2', 'g3');
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const reserve = fc.record({
  kind: fc.constant('reserve' as const),
  course,
  generationId,
  takeOverFrom: fc.option(generationId, { freq: 2, nil: undefined }),
  alreadyAdmitted: fc.constant(false),
});
const holderOperation = fc.record({
  kind: fc.constantFrom('renew' as const, 'release' as const),
  course,
  generationId,
});
const expire = fc.record({ kind: fc.constant('expire' as const), course });
const limit = fc.record({ kind: fc.constant('limit' as const), limit: fc.integer({ min: 1, max: 8 }) });
const restoring = fc.tuple(reserve, rarely).map(([one, alreadyAdmitted]) => ({ ...one, alreadyAdmitted }));

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 10, arbitrary: restoring },
  { weight: 6, arbitrary: holderOperation },
  { weight: 2, arbitrary: expire },
  { weight: 1, arbitrary: limit },
);
/** Without restores and changes of the limit, nothing may ever exceed a limit. */
const limitedOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 10, arbitrary: reserve },
  { weight: 5, arbitrary: holderOperation },
);

let operations = 0;
const used: Keys[] = [];
function freshKeys(): Keys {
  const keys = testKeys();
  used.push(keys);
  return keys;
}
afterAll(async () => {
  for (const keys of used) await redis.unlink(keys.slots, ...(await keysUnder(keys)));
});

// Three seconds alone on the machine. No shrinking: two clients never interleave the same way twice.
describe('leases', { timeout: 60_000 }, () => {
  it('do what the model does, through 12,000 operations', async () => {
    operations = 0;
    const runs = fc.asyncProperty(fc.array(anyOperation, { minLength: 200, maxLength: 200 }), async (sequence) => {
      const keys = freshKeys();
      const slots = createSlots(redis, keys);
      const model = new SlotsModel(GLOBAL_LIMIT);
      await teachScripts(slots);
      // Sent all at once: Redis runs the commands of one connection in their order.
      const results = await Promise.all(sequence.map((one) => perform(slots, keys, one)));
      for (const [index, one] of sequence.entries()) {
        const before = model.copy();
        expect(results[index]).toEqual(model.apply(one));
        expectAdmittedWithinLimits(one, results[index], before);
      }
      await expectSameState(slots, keys, model);
    });
    await fc.assert(runs, { numRuns: 60, endOnFailure: true });
    expect(operations).toBeGreaterThanOrEqual(12_000);
  });

  it('give two clients at once what one after the other would get, through 4,000 operations', async () => {
    operations = 0;
    const pairs = fc.array(fc.tuple(anyOperation, anyOperation), { minLength: 100, maxLength: 100 });
    const runs = fc.asyncProperty(pairs, async (sequence) => {
      const keys = freshKeys();
      const clients = [createSlots(redis, keys), createSlots(secondRedis, keys)] as const;
      let possible = [new SlotsModel(GLOBAL_LIMIT)];
      for (const [one, other] of sequence) {
        const results = await Promise.all([perform(clients[0], keys, one), perform(clients[1], keys, other)]);
        possible = explanations(possible, [one, other], results);
        // Fails with both results shown, where no order of any state explains them.
        if (possible.length === 0) expect(results).toBe('explained by one of the two orders');
      }
      const held = heldBy(await clients[0].list());
      expect(possible.map((model) => Object.fromEntries(model.held))).toContainEqual(held);
      await expectNothingWithoutExpiry(keys);
    });
    await fc.assert(runs, { numRuns: 20, endOnFailure: true });
    expect(operations).toBeGreaterThanOrEqual(4_000);
  });

  it('never exceed a limit nor fall below zero while two clients send all at once', async () => {
    const bursts = fc.array(fc.array(limitedOperation, { minLength: 50, maxLength: 50 }), {
      minLength: 4,
      maxLength: 4,
    });
    const runs = fc.asyncProperty(bursts, async (sequence) => {
      const keys = freshKeys();
      const clients = [createSlots(redis, keys), createSlots(secondRedis, keys)] as const;
      for (const burst of sequence) {
        const results = await Promise.all(burst.map((one, index) => perform(clients[index % 2 ? 1 : 0], keys, one)));
        for (const result of results) expectWithinLimits(result);
        const leases = await clients[0].list();
        expect(leases.length).toBeLessThanOrEqual(GLOBAL_LIMIT);
        for (const owner of OWNERS) {
          expect(leases.filter(({ userId }) => userId === owner.userId).length).toBeLessThanOrEqual(owner.limit);
        }
        await expectNothingWithoutExpiry(keys);
      }
    });
    await fc.assert(runs, { numRuns: 20, endOnFailure: true });
  });
});

/** A script that the server does not know is sent a second time, which would change the order. */
async function teachScripts(slots: Slots): Promise<void> {
  const holder = { courseId: 'teach', userId: 'teach', generationId: 'teach' };
  await slots.reserve({ ...holder, userLimit: 1, defaultGlobalLimit: 1, ttlMs: SLOT_TTL_MS });
  await slots.renew({ ...holder, ttlMs: SLOT_TTL_MS });
  await slots.release(holder);
}

async function perform(slots: Slots, keys: Keys, operation: Operation): Promise<Result> {
  operations += 1;
  if (operation.kind === 'limit') {
    await slots.setGlobalLimit(operation.limit);
    return undefined;
  }
  const { courseId, owner } = operation.course;
  const { userId } = owner;
  if (operation.kind === 'expire') {
    const past = ['XX', 1, courseId] as const;
    await redis
      .multi()
      .zadd(keys.slots, ...past)
      .zadd(keys.userSlots(userId), ...past)
      .exec();
    return undefined;
  }
  const holder = { courseId, userId, generationId: operation.generationId };
  if (operation.kind === 'renew') return { outcome: await slots.renew({ ...holder, ttlMs: SLOT_TTL_MS }) };
  if (operation.kind === 'release') return { outcome: await slots.release(holder) };
  const { takeOverFrom, alreadyAdmitted } = operation;
  const limits = { userLimit: owner.limit, defaultGlobalLimit: GLOBAL_LIMIT, ttlMs: SLOT_TTL_MS };
  const outcome = await slots.reserve({ ...holder, ...limits, takeOverFrom, alreadyAdmitted });
  if (outcome.outcome !== 'already_running') return outcome;
  const { heldForMs, ...rest } = outcome;
  expect(heldForMs).toBeGreaterThanOrEqual(0);
  return rest;
}

/** The property itself, not by the model: what was newly admitted, and not restored, is within both limits. */
function expectAdmittedWithinLimits(operation: Operation, result: Result, before: SlotsModel): void {
  if (operation.kind !== 'reserve' || operation.alreadyAdmitted || result?.outcome !== 'reserved') return;
  if (before.held.get(operation.course.courseId)?.generationId === operation.generationId) return;
  expectWithinLimits(result);
}

function expectWithinLimits(result: Result): void {
  if (!result?.counts) return;
  const { userJobs, userLimit, globalJobs, globalLimit } = result.counts;
  expect(userJobs).toBeLessThanOrEqual(userLimit);
  expect(globalJobs).toBeLessThanOrEqual(globalLimit);
  expect(Math.min(userJobs, globalJobs)).toBeGreaterThanOrEqual(0);
}

/**
 * The states in which the leases can be now: every order of the two that explains both results counts, because
 * different orders can answer the same (a release and a reservation of one generation) and end differently.
 */
function explanations(models: SlotsModel[], [a, b]: [Operation, Operation], results: Result[]): SlotsModel[] {
  const after = models.flatMap((model) => {
    const [forward, backward] = [model.copy(), model.copy()];
    const inOrder = [forward.apply(a), forward.apply(b)];
    const [second, first] = [backward.apply(b), backward.apply(a)];
    return [
      isDeepStrictEqual(results, inOrder) ? [forward] : [],
      isDeepStrictEqual(results, [first, second]) ? [backward] : [],
    ].flat();
  });
  return [...new Map(after.map((model) => [model.state(), model])).values()];
}

function heldBy(leases: readonly Lease[]): Record<string, { userId: string; generationId: string }> {
  return Object.fromEntries(leases.map(({ courseId, userId, generationId }) => [courseId, { userId, generationId }]));
}

async function expectSameState(slots: Slots, keys: Keys, model: SlotsModel): Promise<void> {
  expect(heldBy(await slots.list())).toEqual(Object.fromEntries(model.held));
  for (const owner of OWNERS) {
    const userJobs = [...model.held.values()].filter(({ userId }) => userId === owner.userId).length;
    expect(await slots.counts(owner.userId)).toEqual({ userJobs, globalJobs: model.held.size });
  }
  await expectNothingWithoutExpiry(keys);
}

/** Only the set of all leases has no expiry of its own; each of its members has one. The limit is a setting. */
async function expectNothingWithoutExpiry(keys: Keys): Promise<void> {
  const names = (await keysUnder(keys)).filter((name) => name !== keys.slots && name !== keys.globalLimit);
  const ttls = await Promise.all(names.map((name) => redis.pttl(name)));
  expect(names.filter((_, index) => (ttls[index] ?? -1) <= 0)).toEqual([]);
  const members = await redis.zrange(keys.slots, 0, '-1', 'WITHSCORES');
  for (const score of members.filter((_, index) => index % 2 === 1)) expect(Number(score)).toBeGreaterThanOrEqual(1);
}

function keysUnder(keys: Keys): Promise<string[]> {
  return (redis as RedisClient).keys(`${keys.tag}*`);
}

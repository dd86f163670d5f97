import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { outcomeOf, runScript, type Script } from '../run-script.ts';
import { orUnavailable } from '../unavailable.ts';
import { readAllLeases, readCounts, readGlobalLimit, readLease } from './read-leases.ts';
import { RELEASE, RELEASE_OUTCOMES, RENEW, RENEW_OUTCOMES, RESERVE, RESERVE_OUTCOMES } from './scripts.ts';

export { createRequestLimiter, type RequestLimiter } from '../request-limiter/request-limiter.ts';

/**
 * How long a lease lives unless renewed, in ms. Running jobs renew every second and the reconciler every three for
 * those that wait, so this is 20 missed chances, yet a slot nobody renews is free again within a minute.
 */
export const SLOT_TTL_MS = 60_000;

/** Live leases and the limits they are held against. */
export interface SlotCounts {
  readonly userJobs: number;
  readonly userLimit: number;
  readonly globalJobs: number;
  readonly globalLimit: number;
}

export interface ReserveRequest {
  readonly courseId: string;
  readonly userId: string;
  readonly generationId: string;
  /** The tier's limit of generations at once. */
  readonly userLimit: number;
  /** The global limit unless an admin has set one in Redis. */
  readonly defaultGlobalLimit: number;
  readonly ttlMs: number;
  /** An ended generation: where exactly this one still holds the course's slot, it is replaced. */
  readonly takeOverFrom?: string | undefined;
  /** The database says this generation is in flight: its lost lease is restored whatever the limits. */
  readonly alreadyAdmitted?: boolean | undefined;
}

export type ReserveOutcome =
  | { readonly outcome: 'reserved'; readonly counts: SlotCounts }
  | {
      readonly outcome: 'already_running';
      /** The generation that holds the course's slot. */
      readonly generationId: string;
      readonly heldForMs: number;
      readonly counts: SlotCounts;
    }
  | { readonly outcome: 'user_limit' | 'global_limit'; readonly counts: SlotCounts };

export interface LeaseHolder {
  readonly courseId: string;
  readonly userId: string;
  readonly generationId: string;
}

/** A live lease; times in ms of Redis's clock. */
export interface Lease extends LeaseHolder {
  readonly reservedAtMs: number;
  readonly renewedAtMs: number;
  readonly expiresAtMs: number;
  /** Since the reservation, by Redis's clock. */
  readonly heldForMs: number;
}

/**
 * The right to have a generation in flight: one lease a course, counted per user and over all. Every method throws
 * UnavailableFault where Redis does not answer.
 */
export interface Slots {
  /** All or nothing. The same generation again is `reserved`, one slot. @throws RangeError for a bad number. */
  reserve(request: ReserveRequest): Promise<ReserveOutcome>;
  /** `lost`: expired, released or another generation's. */
  renew(request: LeaseHolder & { readonly ttlMs: number }): Promise<'renewed' | 'lost'>;
  /** `not_held`: nothing was held by this generation, and nothing changed. */
  release(holder: LeaseHolder): Promise<'released' | 'not_held'>;
  list(): Promise<Lease[]>;
  get(courseId: string): Promise<Lease | null>;
  counts(userId: string): Promise<Pick<SlotCounts, 'userJobs' | 'globalJobs'>>;
  /** The admin's limit; null when none is set. */
  getGlobalLimit(): Promise<number | null>;
  /** Holds from the next admission on; leases already held stay; null: the caller's default again. @throws RangeError for a bad number. */
  setGlobalLimit(limit: number | null): Promise<void>;
}

export function createSlots(redis: RedisClient, keys: Keys): Slots {
  const leaseKeys = (holder: LeaseHolder) => [
    keys.slots,
    keys.userSlots(holder.userId),
    keys.courseSlot(holder.courseId),
  ];
  const leaseArgs = (holder: LeaseHolder) => [holder.courseId, holder.userId, holder.generationId];

  const run = (script: Script, scriptKeys: string[], args: (string | number)[]) =>
    orUnavailable(runScript(redis, script, scriptKeys, args));

  return {
    async reserve(request) {
      requirePositiveInteger('userLimit', request.userLimit);
      requirePositiveInteger('defaultGlobalLimit', request.defaultGlobalLimit);
      requirePositiveInteger('ttlMs', request.ttlMs);
      const { userLimit, defaultGlobalLimit, ttlMs, takeOverFrom = '', alreadyAdmitted = false } = request;
      const args = [
        ...leaseArgs(request),
        userLimit,
        defaultGlobalLimit,
        ttlMs,
        takeOverFrom,
        alreadyAdmitted ? '1' : '',
      ];
      const reply = await run(RESERVE, [...leaseKeys(request), keys.globalLimit], args);
      return readReserveReply(reply);
    },

    async renew(request) {
      requirePositiveInteger('ttlMs', request.ttlMs);
      const reply = await run(RENEW, leaseKeys(request), [...leaseArgs(request), request.ttlMs]);
      return outcomeOf(RENEW_OUTCOMES, reply);
    },

    async release(holder) {
      const reply = await run(RELEASE, leaseKeys(holder), leaseArgs(holder));
      return outcomeOf(RELEASE_OUTCOMES, reply);
    },

    list: () => orUnavailable(readAllLeases(redis, keys)),
    get: (courseId) => orUnavailable(readLease(redis, keys, courseId)),
    counts: (userId) => orUnavailable(readCounts(redis, keys, userId)),
    getGlobalLimit: () => orUnavailable(readGlobalLimit(redis, keys)),

    async setGlobalLimit(limit) {
      if (limit !== null) requirePositiveInteger('limit', limit);
      const written: Promise<unknown> =
        limit === null ? redis.del(keys.globalLimit) : redis.set(keys.globalLimit, limit);
      await orUnavailable(written);
    },
  };
}

function readReserveReply(reply: unknown): ReserveOutcome {
  const [code, userJobs, userLimit, globalJobs, globalLimit, generationId, heldForMs] = reply as [
    ...[number, number, number, number, number],
    string,
    number,
  ];
  const outcome = outcomeOf(RESERVE_OUTCOMES, code);
  const counts = { userJobs, userLimit, globalJobs, globalLimit };
  return outcome === 'already_running' ? { outcome, generationId, heldForMs, counts } : { outcome, counts };
}

function requirePositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be a positive integer, not ${value}`);
}

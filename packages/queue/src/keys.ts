/** The hash tag of everything we keep in Redis: one tag, so one slot of a cluster and scripts that span keys. */
export const REDIS_TAG = '{coursegen}';

/** The names of our keys and channels. BullMQ's own keys live beside them, with the tag as its `prefix`. */
export interface Keys {
  readonly tag: string;
  /** ZSET courseId → expiry in ms of Redis's clock: every lease. */
  readonly slots: string;
  /** ZSET courseId → expiry: the leases of one user. */
  userSlots(userId: string): string;
  /** HASH generationId, userId, reservedAtMs, renewedAtMs: who holds the lease of a course. */
  courseSlot(courseId: string): string;
  /** String: the admin's global limit; absent means the caller's default. */
  readonly globalLimit: string;
  /** ZSET workerId → expiry: heartbeats. */
  readonly workers: string;
  /** ZSET owner → expiry: requests to the language model that are under way. */
  readonly modelRequests: string;
  /** String: what a worker knows of the language model's server; expires with its heartbeat. */
  modelHealth(workerId: string): string;
  /** String: a ticket to Bull Board that has been used; expires after the ticket itself. */
  spentTicket(id: string): string;
  /** String: held by the one worker that reconciles. */
  readonly reconcilerLock: string;
  /** Prefix of the counters of one rate limit; each expires with its time. */
  rate(name: string): string;
  /** Channel: progress of one course. */
  progressChannel(courseId: string): string;
  /** Channel: generations to be cancelled. */
  readonly cancelChannel: string;
}

/** Names every key under `tag`, which must be a hash tag in braces; tests pass one of their own. */
export function createKeys(tag: string = REDIS_TAG): Keys {
  if (!/^\{[^{}]+\}$/.test(tag)) throw new TypeError(`Not a hash tag: ${tag}`);
  return {
    tag,
    slots: `${tag}:slots`,
    userSlots: (userId) => `${tag}:slots:user:${userId}`,
    courseSlot: (courseId) => `${tag}:slots:course:${courseId}`,
    globalLimit: `${tag}:limits:global`,
    workers: `${tag}:workers`,
    modelRequests: `${tag}:model-requests`,
    modelHealth: (workerId) => `${tag}:model-health:${workerId}`,
    spentTicket: (id) => `${tag}:spent-ticket:${id}`,
    reconcilerLock: `${tag}:reconciler`,
    rate: (name) => `${tag}:rate:${name}`,
    progressChannel: (courseId) => `${tag}:progress:${courseId}`,
    cancelChannel: `${tag}:cancel`,
  };
}

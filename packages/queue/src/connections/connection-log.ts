import type { Logger } from '@megacampus/log';
import type { RedisClient } from './connections.ts';

/** One line about a failing connection at first, then one in this time, in ms: it fails twice a second. */
const REPEAT_AFTER_MS = 10_000;

/**
 * Reports the failures of a connection. ioredis emits 'error' for each attempt, and an 'error' nobody listens
 * to ends the process: here it is a line of log, and not one for each attempt.
 */
export function logConnection(redis: RedisClient, context: { readonly log: Logger; readonly name: string }): void {
  const log = context.log.child({ connection: context.name });
  let failedSinceMs: number | null = null;
  let loggedAtMs = 0;
  let suppressed = 0;

  redis.on('error', (err: unknown) => {
    const nowMs = Date.now();
    failedSinceMs ??= nowMs;
    if (loggedAtMs !== 0 && nowMs - loggedAtMs < REPEAT_AFTER_MS) {
      suppressed += 1;
      return;
    }
    log.error({ err, failingForMs: nowMs - failedSinceMs, suppressed }, 'Redis connection failed');
    loggedAtMs = nowMs;
    suppressed = 0;
  });

  redis.on('ready', () => {
    if (failedSinceMs === null) return;
    log.info({ downMs: Date.now() - failedSinceMs }, 'Redis connection is back');
    failedSinceMs = null;
    loggedAtMs = 0;
    suppressed = 0;
  });
}

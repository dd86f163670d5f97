import type { Logger } from '@megacampus/log';

/** Work that an answer must not wait for, tried again in the background within a bound. */
export interface Deferred {
  /** Runs `work` until it succeeds, at most `MAX_TRIES` times, one second apart. Never throws. `log`: of the request it is for. */
  run(name: string, work: () => Promise<unknown>, log?: Logger): void;
  /** Resolves when nothing is under way; for shutdown and for tests. Bounded by the tries above. */
  idle(): Promise<void>;
}

const RETRY_EVERY_MS = 1_000;

/** A minute: longer outages are the reconciler's, which compares all of Redis with the database. */
const MAX_TRIES = 60;

export function createDeferred(processLog: Logger): Deferred {
  const pending = new Set<Promise<void>>();

  async function persist(name: string, work: () => Promise<unknown>, log: Logger): Promise<void> {
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      try {
        await work();
        return;
      } catch (err) {
        log.warn({ err, work: name, attempt }, 'deferred work failed');
        await pause(RETRY_EVERY_MS);
      }
    }
    log.error({ work: name, attempts: MAX_TRIES }, 'deferred work given up; left to the reconciler');
  }

  return {
    run(name, work, log = processLog) {
      const task = persist(name, work, log).finally(() => pending.delete(task));
      pending.add(task);
    },
    async idle() {
      await Promise.all(pending);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

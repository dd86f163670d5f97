import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@megacampus/log';

export interface ServerProbe {
  readonly name: 'redis' | 'database';
  readonly check: () => Promise<unknown>;
}

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;

/**
 * Waits until every server answers, for as long as it takes, saying every few seconds which one is missing. The
 * process stays up meanwhile: a crash loop would say the same with more noise. Returns early when `signal` aborts.
 */
export async function waitForServers(probes: readonly ServerProbe[], log: Logger, signal: AbortSignal): Promise<void> {
  for (const { name, check } of probes) {
    for (let delayMs = FIRST_DELAY_MS; !signal.aborted; delayMs = Math.min(MAX_DELAY_MS, delayMs * 2)) {
      try {
        await check();
        log.info({ server: name }, 'server answers');
        break;
      } catch (err) {
        log.warn({ err, server: name, delayMs }, 'server does not answer yet; waiting for it');
        await pause(delayMs, undefined, { signal }).catch(() => {});
      }
    }
  }
}

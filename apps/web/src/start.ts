import { createLogger } from '@megacampus/log';
import { type Deps, getDeps } from './deps.ts';
import { keepAddressesTrue } from './http/client-address.ts';

/** Makes the dependencies at start, not at the first request, so that connections are up by then. */
export function start(): void {
  let deps: Deps;
  try {
    deps = getDeps();
  } catch (err) {
    createLogger({ name: 'web', level: 'info' }).fatal({ err }, 'not started');
    process.exit(1);
  }
  keepAddressesTrue(deps.env.TRUSTED_PROXIES);
  // Next waits for open responses before it exits; ours would stay open for minutes.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void deps.close());
}

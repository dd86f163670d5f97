import { createLogger } from '@megacampus/log';
import type { Tracing } from '@megacampus/tracing/start';
import { type Deps, getDeps } from './deps.ts';
import { prepareRequests } from './http/prepare-requests.ts';

/** Makes the dependencies at start, not at the first request, so that connections are up by then. */
export async function start(): Promise<void> {
  let deps: Deps;
  try {
    deps = getDeps();
  } catch (err) {
    createLogger({ name: 'web', level: 'info' }).fatal({ err }, 'not started');
    process.exit(1);
  }
  const tracing = await traced(deps);
  prepareRequests(deps.env.TRUSTED_PROXIES);
  // Next answers what is under way and exits then; our streams would stay open for minutes.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void deps.beginShutdown().then(tracing?.stop));
}

/** The libraries are loaded only where traces are wanted. */
async function traced({ env }: Deps): Promise<Tracing | null> {
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return null;
  const { startTracing } = await import('@megacampus/tracing/start');
  return startTracing({ name: 'megacampus-web', version: env.APP_VERSION });
}

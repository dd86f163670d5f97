import type { Logger } from '@megacampus/log';
import type { WorkerMetrics } from './admin/metrics.ts';
import type { Dependencies } from './dependencies.ts';
import type { WorkerEnv } from './env.ts';
import { startFileSweeper } from './reconciler/file-sweeper.ts';
import { startLeadership } from './reconciler/leadership.ts';
import { startPurger } from './reconciler/purger.ts';
import { startReconciler } from './reconciler/reconciler.ts';
import { type Loop, startLoop } from './repeat.ts';
import { startWebhookSender } from './webhooks/webhook-sender.ts';

const BEAT_EVERY_MS = 2_000;

/** Five missed beats, and the web app does not count this worker as alive any more. */
const BEAT_TTL_MS = 10_000;

/** Four chances to prolong it before another worker takes over. */
const LEADER_TTL_MS = 6_000;

interface BackgroundDeps {
  readonly deps: Dependencies;
  readonly env: WorkerEnv;
  readonly workerId: string;
  readonly metrics: WorkerMetrics;
  readonly log: Logger;
}

/** What a worker does besides running jobs: shows that it lives, reconciles, empties the trash, removes stray files, sends webhooks. */
export function startBackground({ deps, env, workerId, metrics, log }: BackgroundDeps): Loop {
  const leadership = startLeadership({ lock: deps.reconcilerLock, workerId, ttlMs: LEADER_TTL_MS, log });
  const loops: Loop[] = [
    startReconciler({ orchestrator: deps, leadership, metrics, log }),
    startPurger({ ...deps, leadership, log }),
    startFileSweeper({ ...deps, leadership, log }),
    leadership,
    startLoop({
      name: 'heartbeat',
      intervalMs: BEAT_EVERY_MS,
      log,
      async pass() {
        await deps.heartbeat.beat(workerId, BEAT_TTL_MS);
        await deps.insight.tellModelHealth(workerId, deps.modelWatch.health(), BEAT_TTL_MS);
      },
    }),
  ];
  const { secret, allowPrivate } = env.webhook;
  if (secret) loops.push(startWebhookSender({ outbox: deps.outbox, secret, allowPrivate, metrics, log }));
  else log.warn('webhooks are not sent: WEBHOOK_SECRET is not set');
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

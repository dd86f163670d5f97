import type { WebhookDelivery, WebhookOutbox } from '@megacampus/db/webhooks';
import type { Logger } from '@megacampus/log';
import { deliverWebhook } from '@megacampus/orchestrator/webhooks';
import type { WorkerMetrics } from '../admin/metrics.ts';
import { type Loop, startLoop } from '../repeat.ts';

const LOOK_EVERY_MS = 1_000;

/** Deliveries under way at once in this process. */
const CONCURRENCY = 8;
const DELIVERY_TIMEOUT_MS = 10_000;

/** A claim outlives its delivery, so that no second worker sends the same one meanwhile. */
const CLAIM_SECONDS = 30;

interface WebhookSenderDeps {
  readonly outbox: WebhookOutbox;
  readonly secret: string;
  readonly allowPrivate: boolean;
  readonly metrics: Pick<WorkerMetrics, 'webhookFinished'>;
  readonly log: Logger;
}

/**
 * Sends what the database has put into the outbox. A delivery is claimed for a time, not taken: when this
 * process dies in the middle, another one sends it again. Receivers therefore see each change at least once.
 */
export function startWebhookSender(deps: WebhookSenderDeps): Loop {
  return startLoop({
    name: 'webhooks',
    intervalMs: LOOK_EVERY_MS,
    log: deps.log,
    pass: async (stopping) => {
      let claimed = CONCURRENCY;
      while (claimed === CONCURRENCY && !stopping.aborted) {
        const deliveries = await deps.outbox.claim({ limit: CONCURRENCY, leaseSeconds: CLAIM_SECONDS });
        await Promise.all(deliveries.map((delivery) => send(deps, delivery)));
        claimed = deliveries.length;
      }
    },
  });
}

async function send(deps: WebhookSenderDeps, delivery: WebhookDelivery): Promise<void> {
  const log = deps.log.child({
    deliveryId: delivery.id,
    courseId: delivery.courseId,
    generationId: delivery.generationId,
  });
  const outcome = await deliverWebhook(
    {
      url: delivery.url,
      body: JSON.stringify(delivery.payload),
      secret: deps.secret,
      timeoutMs: DELIVERY_TIMEOUT_MS,
    },
    { allowPrivate: deps.allowPrivate },
  );
  deps.metrics.webhookFinished(outcome.kind);
  if (outcome.kind === 'delivered') log.info({ statusCode: outcome.statusCode }, 'webhook delivered');
  else log.warn({ outcome: outcome.kind, reason: outcome.reason }, 'webhook not delivered');
  await deps.outbox.finish(delivery.id, outcome);
}

import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { type CallOptions, createRpc } from './rpc.ts';

const deliverySchema = z
  .object({
    id: z.number().int(),
    generation_id: z.string(),
    course_id: z.uuid(),
    url: z.string(),
    payload: z.record(z.string(), z.unknown()),
    /** With the one that is beginning. */
    attempts: z.number().int(),
  })
  .transform(({ generation_id: generationId, course_id: courseId, ...rest }) => ({ ...rest, generationId, courseId }));
export type WebhookDelivery = z.infer<typeof deliverySchema>;

/** How an attempt ended: `failed` is tried again, `refused` is not. */
export type WebhookOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed' | 'refused'; readonly reason: string };

export type WebhookOutbox = ReturnType<typeof createWebhookOutbox>;

/** Changes of status that have to be told to a webhook; see supabase/migrations/*_webhook_functions.sql. */
export function createWebhookOutbox(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** Deliveries that are due, the oldest of each generation; due again after `leaseSeconds` unless finished. */
    claim: ({ limit, leaseSeconds }: { limit: number; leaseSeconds: number }, options?: CallOptions) =>
      rpc(
        'claim_webhook_deliveries',
        { p_limit: limit, p_lease_seconds: leaseSeconds },
        z.array(deliverySchema),
        options,
      ),

    /** When the delivery is due again; null when it is done with. */
    async finish(id: number, outcome: WebhookOutcome, options?: CallOptions): Promise<{ retryAt: string | null }> {
      const args = {
        p_id: id,
        p_ok: outcome.kind === 'delivered',
        p_error: outcome.kind === 'delivered' ? null : outcome.reason,
        p_retry: outcome.kind === 'failed',
      };
      const schema = z.object({ retry_at: z.string().nullable() }).nullable();
      const answer = await rpc('finish_webhook_delivery', args, schema, options);
      return { retryAt: answer?.retry_at ?? null };
    },
  };
}

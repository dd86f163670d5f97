import { createHash, timingSafeEqual } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';

/** GET /api/metrics: Prometheus's text format, for whoever shows METRICS_TOKEN. To others there is nothing here. */
export async function metrics(call: Call, deps: Deps): Promise<Response | Refusal> {
  const expected = deps.env.METRICS_TOKEN;
  const given = /^Bearer (.+)$/.exec(call.request.headers.get('authorization') ?? '')?.[1];
  if (expected === undefined || given === undefined || !isSame(given, expected)) return refuse('not_found');
  const { contentType, body } = await deps.metrics.scrape();
  return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}

/** Compares digests: their length tells nothing, and neither does the time it takes. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

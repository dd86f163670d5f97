import { limitDetailsSchema } from '@megacampus/domain/api';
import type { ApiAnswer } from '@/api-client/call-api.ts';

/** Why a generation did not start, as the user should hear it. */
export type Refusal =
  | { readonly kind: 'userLimit'; readonly tier: string; readonly limit: number; readonly retryAfterS: number | null }
  | {
      readonly kind: 'globalLimit' | 'unavailable' | 'rolledBack' | 'conflict';
      readonly retryAfterS: number | null;
    }
  | { readonly kind: 'network' | 'signedOut' | 'gone' };

/** Reads a refusal of POST /api/coursegen/generate (contract §4). */
export function readRefusal(answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): Refusal {
  if (answer.kind === 'unreachable') return { kind: 'network' };
  const { status, retryAfterS } = answer;
  if (status === 429) {
    const details = limitDetailsSchema.safeParse(answer.details);
    if (details.success && details.data.reason === 'user_limit') {
      return { kind: 'userLimit', tier: details.data.tier, limit: details.data.user_limit, retryAfterS };
    }
    return { kind: 'globalLimit', retryAfterS };
  }
  if (status === 401) return { kind: 'signedOut' };
  if (status === 403 || status === 404) return { kind: 'gone' };
  if (status === 409) return { kind: 'conflict', retryAfterS };
  if (status === 503) return { kind: 'unavailable', retryAfterS };
  return { kind: 'rolledBack', retryAfterS };
}

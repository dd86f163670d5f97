import { type Refusal, refuse } from '../refusal.ts';

/** Whatever under /api is no route of ours: the same error body as everywhere. */
export async function unknownPath(): Promise<Refusal> {
  return refuse('not_found');
}

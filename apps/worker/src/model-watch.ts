import type { ModelEngineOptions } from '@megacampus/generation/model';
import type { ModelHealth } from '@megacampus/queue/insight';

type Limiter = ModelEngineOptions['limiter'];

export interface ModelWatch {
  /** Takes the limiter's place; sees how each request that passes it ends. */
  readonly limiter: Limiter;
  health(): ModelHealth;
}

/** Errors kept to be shown. */
const ERRORS_KEPT = 5;
/** Of one error: it may quote a server's answer. */
const TEXT_MAX = 300;

/** Watches the requests to the model's server from where every one of them passes, whatever engine makes them. */
export function watchModel(limiter: Limiter, model: string | null, now: () => Date = () => new Date()): ModelWatch {
  let requests = 0;
  let lastSuccessAt: string | null = null;
  let breaker: ModelHealth['breaker'] = 'closed';
  const errors: ModelHealth['errors'] = [];

  function noteFailure(error: unknown): void {
    if (isHeldBack(error)) {
      breaker = 'open';
      return;
    }
    errors.unshift({ at: now().toISOString(), text: textOf(error) });
    errors.length = Math.min(errors.length, ERRORS_KEPT);
  }

  return {
    limiter: {
      run: (signal, work) =>
        limiter.run(signal, async (inPlace) => {
          requests += 1;
          try {
            const result = await work(inPlace);
            lastSuccessAt = now().toISOString();
            breaker = 'closed';
            return result;
          } catch (error) {
            if (!inPlace.aborted) noteFailure(error);
            throw error;
          } finally {
            requests -= 1;
          }
        }),
    },
    health: () => ({ model, breaker, requests, lastSuccessAt, errors: [...errors] }),
  };
}

/** What cockatiel's breaker throws while it lets nothing through is marked so. */
function isHeldBack(error: unknown): boolean {
  return error instanceof Error && 'isBrokenCircuitError' in error;
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, TEXT_MAX);
}

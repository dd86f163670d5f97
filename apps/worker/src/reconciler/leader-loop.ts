import { type Loop, type LoopOptions, startLoop } from '../repeat.ts';
import type { Leadership } from './leadership.ts';

interface LeaderLoopOptions extends Omit<LoopOptions, 'pass'> {
  readonly leadership: Pick<Leadership, 'term'>;
  /** `signal` is aborted when the process is to end or another one takes over; `term` in the latter case only. */
  readonly pass: (signal: AbortSignal, term: AbortSignal) => Promise<unknown>;
}

/** A loop whose passes run while this process leads. */
export function startLeaderLoop({ leadership, pass, ...loop }: LeaderLoopOptions): Loop {
  return startLoop({
    ...loop,
    pass: async (stopping) => {
      const term = leadership.term();
      if (term !== null) await pass(AbortSignal.any([term, stopping]), term);
    },
  });
}

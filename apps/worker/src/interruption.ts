/** Why a running job was told to stop. */
export type InterruptionReason =
  /** Someone cancelled the generation. */
  | 'cancelled'
  /** The generation has ended, was superseded or deleted while the job ran. */
  | 'ended'
  /** The queue took the job back (its lock expired): another worker runs it, or will. */
  | 'lock_lost'
  /** The stage took longer than its contract allows. */
  | 'deadline'
  /** This process is shutting down. */
  | 'shutdown';

/** The `reason` of a job's abort signal, and so what a well-behaved handler throws when it is stopped. */
export class Interruption extends Error {
  readonly reason: InterruptionReason;

  constructor(reason: InterruptionReason) {
    super(`job interrupted: ${reason}`);
    this.name = 'Interruption';
    this.reason = reason;
  }
}

/** The interruption behind an aborted signal; null when the signal is not aborted. */
export function interruptionOf(signal: AbortSignal): Interruption | null {
  return signal.aborted && signal.reason instanceof Interruption ? signal.reason : null;
}

/** How long a handler may take to notice its signal before it is left behind, in milliseconds. */
const ABANDON_AFTER_MS = 1_000;

/**
 * Awaits `work`, but no longer than `graceMs` after `signal` aborts: then rejects with the signal's reason and
 * leaves the work to itself. What an abandoned handler still does is harmless, as every write is fenced by
 * generation and idempotent; a job that hangs for ever would hold its worker's place and its slot.
 */
export async function settleOrAbandon<T>(
  work: Promise<T>,
  signal: AbortSignal,
  onAbandoned: () => void,
  graceMs = ABANDON_AFTER_MS,
): Promise<T> {
  const { promise: abandoned, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    timer = setTimeout(() => {
      onAbandoned();
      reject(signal.reason);
    }, graceMs);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

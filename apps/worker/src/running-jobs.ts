import { Interruption, type InterruptionReason } from './interruption.ts';

/** One job while this process runs it. */
export interface RunningJob {
  readonly signal: AbortSignal;
  interrupt(reason: InterruptionReason): void;
  /** To be called once, however the job ended. */
  finished(): void;
}

interface Entry {
  readonly jobId: string;
  readonly generationId: string;
  readonly controller: AbortController;
}

/** The jobs this process runs right now, so that they can be told to stop and waited for. */
export class RunningJobs {
  readonly #entries = new Set<Entry>();
  readonly #waiters = new Set<() => void>();
  #shutDown = false;

  /** Registers a job. After `shutDown` its signal is aborted from the start: the job is handed straight back. */
  add(jobId: string, generationId: string): RunningJob {
    const controller = new AbortController();
    const entry = { jobId, generationId, controller };
    this.#entries.add(entry);
    if (this.#shutDown) controller.abort(new Interruption('shutdown'));
    return {
      signal: controller.signal,
      interrupt: (reason) => controller.abort(new Interruption(reason)),
      finished: () => {
        this.#entries.delete(entry);
        if (this.#entries.size === 0) for (const wake of this.#waiters) wake();
      },
    };
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Stops all jobs of a generation and returns how many there were. */
  interruptGeneration(generationId: string, reason: InterruptionReason): number {
    return this.#interrupt(reason, (entry) => entry.generationId === generationId);
  }

  interruptJob(jobId: string, reason: InterruptionReason): number {
    return this.#interrupt(reason, (entry) => entry.jobId === jobId);
  }

  /** Stops every job, and each one that is still to come. */
  shutDown(): number {
    this.#shutDown = true;
    return this.#interrupt('shutdown', () => true);
  }

  #interrupt(reason: InterruptionReason, matches: (entry: Entry) => boolean): number {
    const hit = [...this.#entries].filter(matches);
    for (const entry of hit) entry.controller.abort(new Interruption(reason));
    return hit.length;
  }

  /** Resolves with true when no job runs, with false after `timeoutMs`. */
  async drained(timeoutMs: number): Promise<boolean> {
    if (this.#entries.size === 0) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const wake = () => resolve(true);
    this.#waiters.add(wake);
    const timer = setTimeout(() => resolve(false), timeoutMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(wake);
    }
  }
}

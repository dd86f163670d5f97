import type { WorkerEnv } from '../../../apps/worker/src/env.ts';

/** What a bench tells a process of its own, as JSON in the first argument. */
export interface WorkerTask {
  readonly env: WorkerEnv;
  readonly tag: string;
  /** How long `analyze` takes, so that a kill meets it; 0 for an engine that does nothing. */
  readonly analyzeMs: number;
  /** How long each lesson takes; 0 unless given. */
  readonly lessonMs?: number;
}

export interface BareTask {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly concurrency: number;
  /**
   * `generation`: jobs in the shape of a generation, each of which makes `reads` bare reads of one row. `hang`: jobs that
   * never end.
   */
  readonly kind: 'generation' | 'hang';
  readonly reads: number;
  readonly databaseUrl: string;
}

/** What the process tells the bench. `started`: a job's work has begun. `requests`: to the database since the start. */
export type ProcessMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'started' }
  | { readonly type: 'status'; readonly requests: number; readonly rssMb: number };

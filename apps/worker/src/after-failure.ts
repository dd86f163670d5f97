import type { IncidentKind } from '@megacampus/domain/api';
import { Fault, isRetryable, PermanentFault, UnavailableFault } from '@megacampus/domain/errors';
import { failureIn } from '@megacampus/domain/failures';
import { hasEnded } from '@megacampus/domain/steps';
import { advance } from '@megacampus/orchestrator/advance';
import { type FailureReason, failStage } from '@megacampus/orchestrator/fail-stage';
import { DelayedError, UnrecoverableError, WaitingError } from 'bullmq';
import { Interruption, interruptionOf } from './interruption.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { JobRun, RunJobDeps } from './job-run.ts';
import { MODEL_OUTAGE_STARTS, OUTAGE_STARTS, outageDelayMs } from './outage-delays.ts';

/** What a run that threw comes to: the outcome, and the error that BullMQ is to see, if any. */
export interface Ending {
  readonly outcome: JobOutcome;
  readonly error: Error | null;
}

/** An attempt that took longer than its stage may. */
class DeadlineExceeded extends Error {
  constructor(deadlineMs: number) {
    super(`stage exceeded its deadline of ${deadlineMs} ms`);
    this.name = 'DeadlineExceeded';
  }
}

/** Decides what a thrown error, or an interruption, comes to. Never throws itself. */
export async function afterFailure(deps: RunJobDeps, run: JobRun, thrown: unknown): Promise<Ending> {
  const interruption = thrown instanceof Interruption ? thrown : interruptionOf(run.running.signal);
  try {
    return interruption ? await afterInterruption(deps, run, interruption) : await afterError(deps, run, thrown);
  } catch (error) {
    // Sorting it out needs the servers too. The job keeps its place, and the next run decides again.
    return isOutage(error) ? postpone(run, error) : { outcome: 'retried', error: toError(error) };
  }
}

async function afterInterruption(deps: RunJobDeps, run: JobRun, { reason }: Interruption): Promise<Ending> {
  switch (reason) {
    case 'deadline': {
      const deadlineMs = deps.deadlinesMs[run.stage];
      deps.metrics.record({
        type: 'worker_timeout',
        userId: run.ref.userId,
        courseId: run.ref.courseId,
        jobId: run.jobId,
        metadata: { stage: run.stage, deadline_ms: deadlineMs, attempt: run.job.attemptsMade + 1 },
      });
      return afterError(deps, run, new DeadlineExceeded(deadlineMs));
    }
    case 'lock_lost':
      run.log.warn('the queue gave this job to another worker; leaving it');
      return { outcome: 'lock_lost', error: new Error('job lock lost') };
    case 'shutdown':
      return handBack(run, 'worker is shutting down; job handed back');
    case 'cancelled':
    case 'ended': {
      const state = await deps.store.loadGeneration(run.ref.generationId);
      if (state !== null && !hasEnded(state.status) && state.current) {
        return handBack(run, 'told to stop, but the generation runs; job handed back');
      }
      await advance(deps, run.ref);
      run.log.info({ status: state?.status ?? 'gone' }, 'job stopped: its generation has ended');
      return { outcome: 'skipped', error: null };
    }
  }
}

async function afterError(deps: RunJobDeps, run: JobRun, error: unknown): Promise<Ending> {
  const starts = isModelOutage(error) ? MODEL_OUTAGE_STARTS : OUTAGE_STARTS;
  if (error instanceof UnavailableFault && run.job.attemptsStarted < starts) {
    note(deps, run, isModelOutage(error) ? 'model_outage' : 'outage');
    return postpone(run, error);
  }
  const attempts = run.job.opts.attempts ?? 1;
  const attempt = run.job.attemptsMade + 1;
  if (isRetryable(error) && attempt < attempts) {
    run.log.warn({ err: error, attempt, attempts }, 'attempt failed; will be tried again');
    note(deps, run, error instanceof DeadlineExceeded ? 'timeout' : 'retry');
    return { outcome: 'retried', error: toError(error) };
  }
  run.log.error({ err: error, attempt, attempts }, 'job failed');
  await failStage(deps, run.payload, reasonFor(error, attempt));
  await advance(deps, run.ref, run.stage);
  return { outcome: 'failed', error: new UnrecoverableError(toError(error).message) };
}

/** Tells the owner's log of the generation. Beside the work, which goes on whether this is stored or not. */
function note(deps: RunJobDeps, run: JobRun, kind: IncidentKind): void {
  const incident = { generationId: run.ref.generationId, kind, stage: run.stage, attempt: run.job.attemptsMade + 1 };
  deps.store.recordIncident(incident).catch((err: unknown) => run.log.warn({ err }, 'incident was not stored'));
}

/** For the user: a permanent fault says itself what to do, another may; anything else is ours, and its text is internal. */
function reasonFor(error: unknown, attempts: number): FailureReason {
  if (error instanceof PermanentFault) return { reason: error.message, failure: failureIn(error.context) };
  if (error instanceof DeadlineExceeded)
    return { reason: 'Этап занял слишком много времени. Попробуйте ещё раз.', failure: { code: 'timeout' } };
  if (isModelOutage(error))
    return { reason: 'Языковая модель не отвечает. Попробуйте ещё раз позже.', failure: { code: 'model_away' } };
  const told = error instanceof Fault ? error.context['userMessage'] : undefined;
  if (typeof told === 'string') return { reason: told };
  const reason = `Этап не удалось выполнить (попыток: ${attempts}). Попробуйте ещё раз.`;
  return { reason, failure: { code: 'attempts', attempts } };
}

/** A server of ours is down. */
function isOutage(error: unknown): boolean {
  return error instanceof UnavailableFault && !isModelOutage(error);
}

function isModelOutage(error: unknown): boolean {
  return error instanceof UnavailableFault && error.context['service'] === 'model';
}

async function postpone(run: JobRun, error: unknown): Promise<Ending> {
  const delayMs = outageDelayMs(run.job.attemptsStarted - run.job.attemptsMade - 1);
  run.log.warn({ err: error, delayMs }, 'a server is down; job put off');
  return giveUp(() => run.job.moveToDelayed(Date.now() + delayMs, run.token), 'postponed', new DelayedError());
}

async function handBack(run: JobRun, message: string): Promise<Ending> {
  run.log.info(message);
  return giveUp(() => run.job.moveToWait(run.token), 'handed_back', new WaitingError());
}

/** BullMQ's way to give a job up without an attempt. When the move fails, its lock runs out and does the same. */
async function giveUp(move: () => Promise<unknown>, outcome: JobOutcome, error: Error): Promise<Ending> {
  try {
    await move();
    return { outcome, error };
  } catch (failure) {
    return { outcome: 'lock_lost', error: toError(failure) };
  }
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

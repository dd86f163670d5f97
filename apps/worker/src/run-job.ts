import type { GenerationState } from '@megacampus/db/generations';
import { PermanentFault } from '@megacampus/domain/errors';
import { hasEnded, type Stage, stageSchema } from '@megacampus/domain/steps';
import { advance } from '@megacampus/orchestrator/advance';
import { ensureAdmitted } from '@megacampus/orchestrator/ensure-admitted';
import { parsePayload, type StagePayloads } from '@megacampus/queue/jobs';
import { SLOT_TTL_MS } from '@megacampus/queue/slots';
import { type Job, UnrecoverableError } from 'bullmq';
import { afterFailure } from './after-failure.ts';
import { settleOrAbandon } from './interruption.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { JobRun, RunJobDeps } from './job-run.ts';
import { keepSlot } from './keep-slot.ts';
import type { StageContext, StageHandlers } from './stages/stage-handler.ts';

/**
 * The one wrapper around every stage: parses the payload, makes the job's logger, finds out whether the
 * generation still runs, keeps its slot, sets the deadline, runs the handler, brings the generation on, and
 * sorts out how it ended. Throws what BullMQ is to see: an error for a retry, UnrecoverableError for the end.
 */
export function createJobRunner(deps: RunJobDeps): (job: Job, token?: string) => Promise<JobOutcome> {
  return async (job, token) => {
    const startedAt = performance.now();
    const run = openRun(deps, job, token);
    const own = { ...deps, log: run.log };
    const detachLog = deps.jobLog.attach(run.jobId, (line) => job.log(line));
    run.log.info('job started');
    if (job.attemptsMade === 0) deps.workerMetrics.jobTaken(run.payload.tier, Math.max(0, Date.now() - job.timestamp));
    let outcome: JobOutcome = 'failed';
    try {
      outcome = await perform(own, run);
      return outcome;
    } catch (error) {
      const ending = await afterFailure(own, run, error);
      outcome = ending.outcome;
      if (ending.error !== null) throw ending.error;
      return outcome;
    } finally {
      const durationMs = Math.round(performance.now() - startedAt);
      run.log.info({ outcome, durationMs }, 'job ended');
      deps.workerMetrics.jobFinished(run.stage, outcome, durationMs);
      run.running.finished();
      detachLog();
    }
  };
}

function openRun(deps: RunJobDeps, job: Job, token: string | undefined): JobRun {
  const { stage, payload } = parseJob(deps, job);
  const { generationId, courseId, userId, tier, requestId } = payload;
  const jobId = job.id ?? generationId;
  const log = deps.log.child({
    requestId,
    userId,
    tier,
    courseId,
    generationId,
    jobId,
    stage,
    attempt: job.attemptsMade + 1,
  });
  const running = deps.running.add(jobId, generationId);
  return { job, jobId, token, stage, payload, ref: { generationId, courseId, userId }, log, running };
}

/** A job that cannot be read fails at once; the reconciler then records why at the generation it belongs to. */
function parseJob(deps: RunJobDeps, job: Job): { stage: Stage; payload: StagePayloads[Stage] } {
  try {
    const stage = stageSchema.parse(job.name);
    return { stage, payload: parsePayload(stage, job.data) };
  } catch (err) {
    deps.log.error({ err, jobId: job.id, stage: job.name }, 'job cannot be read');
    throw new UnrecoverableError(err instanceof PermanentFault ? err.message : `Unknown kind of job: ${job.name}`);
  }
}

async function perform(deps: RunJobDeps, run: JobRun): Promise<JobOutcome> {
  const { signal } = run.running;
  signal.throwIfAborted();
  const generation = await loadOrRecord(deps, run, signal);
  const runs = generation !== null && !hasEnded(generation.status) && generation.current;
  if (runs) await runStage(deps, run, generation);
  else run.log.info({ status: generation?.status ?? 'gone' }, 'nothing to do: the generation does not run any more');
  await advance(deps, run.ref, run.stage);
  return runs ? 'completed' : 'skipped';
}

/** Null when the course or the generation is gone. A job ahead of the request's own record makes the record. */
async function loadOrRecord(deps: RunJobDeps, run: JobRun, signal: AbortSignal): Promise<GenerationState | null> {
  const { generationId } = run.ref;
  const known = await deps.store.loadGeneration(generationId, { signal }).catch(async (err: unknown) => {
    // While the database is away, nobody else keeps the slot of a generation that is not recorded yet.
    await deps.slots.renew({ ...run.ref, ttlMs: SLOT_TTL_MS }).catch(() => undefined);
    throw err;
  });
  if (known !== null) return known;
  const ensured = await ensureAdmitted(deps, run.payload);
  if (ensured.kind === 'not_admitted') {
    run.log.info({ reason: ensured.reason }, 'generation is not admitted');
    return null;
  }
  return deps.store.loadGeneration(generationId, { signal });
}

async function runStage(deps: RunJobDeps, run: JobRun, generation: GenerationState): Promise<void> {
  const { signal } = run.running;
  const slot = keepSlot(deps, run.ref, run.running, run.log);
  const timer = setTimeout(() => run.running.interrupt('deadline'), deps.deadlinesMs[run.stage]);
  try {
    const context = { deps: deps.stageDeps, log: run.log, signal, generation };
    const work = handle(deps.handlers, run.stage, run.payload, context);
    await settleOrAbandon(work, signal, () => run.log.error('handler ignores its signal; left behind'));
  } finally {
    clearTimeout(timer);
    await slot.stop();
  }
}

function handle<S extends Stage>(
  handlers: StageHandlers,
  stage: S,
  payload: StagePayloads[S],
  context: StageContext,
): Promise<void> {
  return handlers[stage](payload, context);
}

import { PermanentFault } from '@megacampus/domain/errors';
import { courseSummarySchema } from '@megacampus/generation/engine';
import { checkCourse } from './check-course.ts';
import { requirePassed } from './gates.ts';
import type { StageContext, StageHandler } from './stage-handler.ts';
import { reportStep, requireSaved } from './step-report.ts';
import { createUsageMeter } from './usage-meter.ts';

/** Sums the course up and completes it. That every lesson has ended is checked here and, last, by the database. */
export const finalization: StageHandler<'finalization'> = async (_payload, context) => {
  const { generation } = context;
  const completed = generation.lessons.filter(({ status }) => status === 'completed').length;
  if (generation.lessons.some(({ status }) => status === 'pending')) {
    // advance() adds this job only when no lesson is pending; should that ever be broken, nothing is completed.
    throw new Error('finalization was started before every lesson had ended');
  }
  if (completed === 0) throw await nothingMade(context);
  await reportStep(context, 5, 'in_progress');
  if (!generation.summary_ready) await summarize(context);
  // Overview and glossary of a rewriting are its base's, but another lesson may change what is found.
  else if (generation.rewrite !== null) await checkCourse(context, await loadWork(context));
  await reportStep(context, 5, 'completed', { detail: summaryOf(completed, generation.lessons.length) });
};

async function summarize(context: StageContext): Promise<void> {
  const { deps, log, signal, generation } = context;
  const usage = createUsageMeter(context);
  const work = await loadWork(context);
  await checkCourse(context, work);
  const output = await deps.engine.summarize({ brief: generation.brief, ...work }, { signal, log, usage });
  const summary = requirePassed('summary', courseSummarySchema, output);
  requireSaved(await deps.store.saveSummary({ generationId: generation.id, summary }, { signal }));
  log.info({ terms: summary.glossary.length }, 'summary stored');
}

function loadWork({ deps, signal, generation }: StageContext) {
  return deps.store.loadFinishedWork(generation.id, { signal });
}

/** The first lesson's reason stands for all: when every lesson fails, they mostly fail alike. */
async function nothingMade({ deps, signal, generation }: StageContext): Promise<PermanentFault> {
  const [reason = null] = await deps.store.listLessonErrors(generation.id, { signal });
  const text = `Ни один урок не удалось создать. ${reason ?? 'Попробуйте ещё раз.'}`;
  return new PermanentFault(text, { failure: { code: 'no_lessons', reason } });
}

function summaryOf(completed: number, total: number): string {
  return completed === total ? 'курс готов' : `курс готов, уроков ${completed} из ${total}`;
}

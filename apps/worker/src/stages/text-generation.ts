import { lessonContentSchema } from '@megacampus/generation/engine';
import { checkLesson } from '@megacampus/generation/gates';
import { announce } from '@megacampus/orchestrator/report';
import { Interruption } from '../interruption.ts';
import { findPassages } from './find-passages.ts';
import { requirePassed } from './gates.ts';
import { replaceLostPassages } from './replace-lost-passages.ts';
import type { StageHandler } from './stage-handler.ts';
import { requireSaved } from './step-report.ts';
import { createUsageMeter } from './usage-meter.ts';

/** Writes one lesson. Storing it moves step 4, by the lessons that have ended. */
export const textGeneration: StageHandler<'text_generation'> = async (payload, context) => {
  const { deps, log, signal, generation } = context;
  const lesson = generation.lessons.find(({ id }) => id === payload.lessonId);
  if (lesson?.status !== 'pending') return;
  const input = await deps.store.lessonInput(payload.lessonId, { signal });
  if (input === null) throw new Interruption('ended');
  const { sectionIndex, lessonIndex, previous } = input;
  const { outline, passages } = await replaceLostPassages(context, input);
  const written = async () => (await deps.store.loadFinishedWork(generation.id, { signal })).lessons;
  const place = { brief: generation.brief, outline, sectionIndex, lessonIndex, passages };
  const engine = { signal, log, usage: createUsageMeter(context, payload.lessonId) };
  const related = await findPassages(context, place, engine);
  const instruction = generation.rewrite?.instruction || undefined;
  const rewriting = { instruction, previous: previous ?? undefined };
  const output = await deps.engine.lesson({ ...place, ...rewriting, related, written }, engine);
  const content = requirePassed('lesson', lessonContentSchema, output, (value) =>
    checkLesson(value, [...passages, ...related], generation.brief),
  );
  const saved = requireSaved(
    await deps.store.saveLesson({ lessonId: payload.lessonId, generationId: generation.id, content }, { signal }),
  );
  announce({ ...deps, log }, payload.courseId, generation.id);
  const { completed, failed, total } = saved;
  log.info({ lesson: payload.lessonPosition, completed, failed, total }, 'lesson stored');
};

import { analysisSchema } from '@megacampus/generation/engine';
import { type CourseReport, checkWholeCourse } from '@megacampus/generation/whole-course';
import { isOurs } from './embed-passages.ts';
import type { StageContext } from './stage-handler.ts';
import { requireSaved } from './step-report.ts';

type FinishedWork = Awaited<ReturnType<StageContext['deps']['store']['loadFinishedWork']>>;

/**
 * Looks at the course as a whole and stores what it finds, for its owner. A course is not failed for it: nor is it when the
 * check itself cannot be done.
 */
export async function checkCourse(context: StageContext, work: FinishedWork): Promise<void> {
  const { deps, log, signal, generation } = context;
  try {
    const report = await reportOn(context, work);
    requireSaved(await deps.store.saveCourseReport({ generationId: generation.id, report }, { signal }));
    const { alike, objectives, headingCount } = report;
    log.info({ alike: alike.length, objectives: objectives.length, headingCount }, 'course checked');
  } catch (err) {
    signal.throwIfAborted();
    if (isOurs(err)) throw err;
    log.warn({ err }, 'course not checked');
  }
}

async function reportOn({ deps, signal, generation }: StageContext, work: FinishedWork): Promise<CourseReport> {
  const [stored, headings] = await Promise.all([
    deps.store.loadWork(generation.id, { signal }),
    generation.has_documents ? deps.store.listHeadings(generation.course_id, { signal }) : [],
  ]);
  const { objectives } = analysisSchema.parse(stored?.analysis);
  // Finished lessons come in course order, as their plans do.
  const plans = work.outline.sections.flatMap((section) =>
    section.lessons
      .filter(({ status }) => status === 'completed')
      .map(({ position, title }) => ({ position, title, section: section.title })),
  );
  const lessons = work.lessons.flatMap(({ content }, index) => {
    const plan = plans[index];
    return plan === undefined ? [] : [{ ...plan, content }];
  });
  return await checkWholeCourse({ brief: generation.brief, objectives, lessons, headings }, signal);
}

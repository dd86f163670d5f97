import type { Outline, Passage } from '@megacampus/generation/engine';
import type { StageContext } from './stage-handler.ts';

interface Planned {
  readonly outline: Outline;
  readonly sectionIndex: number;
  readonly lessonIndex: number;
  readonly passages: readonly Passage[];
}

/** As many as a lesson of usual length is made from. */
const REPLACED_BY = 12;

/**
 * A lesson that is written long after its outline may name passages that are no longer there: documents were read anew, or
 * some of them removed. Then it is made from what the documents now say about its title and key topics.
 */
export async function replaceLostPassages(
  { deps, log, signal, generation }: StageContext,
  { outline, sectionIndex, lessonIndex, passages }: Planned,
): Promise<Pick<Planned, 'outline' | 'passages'>> {
  const plan = outline.sections[sectionIndex]?.lessons[lessonIndex];
  if (plan === undefined || plan.passageIds.length === 0 || passages.length > 0) return { outline, passages };
  const query = [plan.title, ...plan.keyTopics].join(' ');
  const found = await deps.store.searchChunks(
    { courseId: generation.course_id, query, limit: REPLACED_BY },
    { signal },
  );
  log.info({ named: plan.passageIds.length, found: found.length }, 'lost passages replaced');
  if (found.length === 0) return { outline, passages };
  // In the order of the documents, as an outline names them.
  const inOrder = found.toSorted((a, b) => a.documentId.localeCompare(b.documentId) || a.position - b.position);
  const replaced = { ...plan, passageIds: inOrder.map(({ id }) => id) };
  const sections = outline.sections.map((section, s) =>
    s === sectionIndex
      ? { ...section, lessons: section.lessons.map((lesson, l) => (l === lessonIndex ? replaced : lesson)) }
      : section,
  );
  return { outline: { sections }, passages: inOrder };
}

import type { LessonInput, LessonSearch } from '../engine.ts';
import { lessonWords } from '../extractive/reading-speed.ts';
import { lexiconOf } from '../language/words.ts';

/** Words of a passage, about: see documents/chunk-document.ts. */
const PASSAGE_WORDS = 130;
/** Found passages that are looked through for ones worth having, besides those that are needed. */
const SPARE = 2;
const MOST = 20;

/**
 * What to look for in the documents for a lesson whose own passages have fewer words than the lesson is to have: from so
 * little it could only be padded. Null when they are enough, or there are no documents.
 */
export function searchFor({
  brief,
  outline,
  sectionIndex,
  lessonIndex,
  passages,
}: Pick<LessonInput, 'brief' | 'outline' | 'sectionIndex' | 'lessonIndex' | 'passages'>): LessonSearch | null {
  const plan = outline.sections[sectionIndex]?.lessons[lessonIndex];
  const hasDocuments = outline.sections.some(({ lessons }) => lessons.some(({ passageIds }) => passageIds.length > 0));
  if (!plan || !hasDocuments) return null;
  const own = passages.filter(({ id }) => plan.passageIds.includes(id));
  const offered = lexiconOf(brief.language).count(own.map(({ text }) => text).join('\n'));
  const lacking = lessonWords(brief, brief.language) - offered;
  if (lacking <= 0) return null;
  const query = [plan.title, ...plan.objectives, ...plan.keyTopics].join('\n');
  return { query, limit: Math.min(MOST, own.length + Math.ceil(lacking / PASSAGE_WORDS) + SPARE) };
}

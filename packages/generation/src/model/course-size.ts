import type { Brief } from '@megacampus/domain/course';
import { BRIEF_LIMITS } from '@megacampus/domain/course';
import { lessonWords } from '../extractive/reading-speed.ts';
import { lexiconOf } from '../language/words.ts';

/** How large a course is to be. `exact` where a person said so, else a proposal. */
export interface CourseSize {
  readonly sections: number;
  readonly lessons: number;
  readonly exactSections: boolean;
  readonly exactLessons: boolean;
}

/** Lessons of a course for which nobody gave a number and there are no documents. */
const USUAL_LESSONS = 9;
const LESSONS_IN_A_SECTION = 4;
/** Of documents, words that one word of a lesson is made from: lessons condense. */
const CONDENSED = 1.5;
/** Proposals end here; who wants more says so. */
const MOST_PROPOSED = 60;

/** From the brief, and where it leaves it open, from how much there is to teach and how long a lesson is. */
export function sizeOf(brief: Brief, texts: readonly string[]): CourseSize {
  const lessons = brief.estimated_lessons ?? proposedLessons(brief, texts);
  const proposed = Math.ceil(lessons / LESSONS_IN_A_SECTION);
  const sections = brief.estimated_sections ?? Math.min(proposed, BRIEF_LIMITS.sectionsMax);
  return {
    sections: Math.min(sections, Math.max(lessons, 1)),
    lessons: brief.estimated_lessons === null ? Math.max(lessons, sections) : lessons,
    exactSections: brief.estimated_sections !== null && sections <= lessons,
    exactLessons: brief.estimated_lessons !== null,
  };
}

function proposedLessons(brief: Brief, texts: readonly string[]): number {
  if (texts.length === 0) return Math.max(brief.estimated_sections ?? 0, USUAL_LESSONS);
  const { count } = lexiconOf(brief.language);
  const words = texts.reduce((sum, text) => sum + count(text), 0);
  const needed = Math.round(words / (lessonWords(brief, brief.language) * CONDENSED));
  // Every lesson needs a passage of its own.
  return Math.max(1, Math.min(needed, MOST_PROPOSED, texts.length));
}

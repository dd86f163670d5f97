import type { Brief } from '@megacampus/domain/course';
import type { Analysis } from '../../engine.ts';
import type { CourseSize } from '../course-size.ts';
import { briefBlock, type Marks, type Source, sourcesBlock } from './sources.ts';

interface Task {
  readonly brief: Brief;
  readonly analysis: Analysis;
  readonly extracts: readonly Source[];
  readonly marks: Marks;
}

function opening({ brief, analysis, extracts, marks }: Task): string {
  const { summary, audience, scope, objectives, prerequisites, keyTopics } = analysis;
  const found = JSON.stringify({ summary, audience, scope, objectives, prerequisites, keyTopics }, null, 1);
  return `The brief:
${briefBlock(brief, marks)}

The analysis:
${marks.open('ANALYSIS')}
${found}
${marks.close}
${extracts.length === 0 ? 'There are no documents: every list of sources is empty.' : `\nThe sources, by their beginnings:\n${sourcesBlock(extracts, marks)}`}`;
}

const LESSON_RULES = `- a lesson's title says what it is about, and no two lessons of the course have the same title or the same subject;
- objectives of a lesson: 1 to 4, each beginning with a verb that can be observed;
- keyTopics of a lesson: 2 to 8;`;

const SOURCE_RULES = `- sources of a lesson: labels such as S3, of the sources it is made from, at least one; no label is given to two lessons; sources that teach nothing (title pages, indexes, licences) are left out, all others are used.`;

const counted = (size: CourseSize) =>
  `${size.exactSections ? 'exactly' : 'about'} ${size.sections} sections and ${size.exactLessons ? 'exactly' : 'about'} ${size.lessons} lessons in all`;

/** The whole outline in one answer. */
export function outlineTask(task: Task & { readonly size: CourseSize }): string {
  const { brief, size, extracts } = task;
  return `Plan the course as sections with lessons.

${opening(task)}

Give ${counted(size)}; a lesson takes ${brief.lesson_duration_minutes} minutes, so its subject has to fit that time:
- sections in the order of learning, each with a title and a summary of one or two sentences;
${LESSON_RULES}
- every objective of the analysis is served by a lesson;
${extracts.length > 0 ? SOURCE_RULES : '- sources: empty.'}`;
}

/** Of a large course, the sections only. */
export function sectionsTask(task: Task & { readonly size: CourseSize }): string {
  return `Plan the sections of a large course; their lessons are planned afterwards.

${opening(task)}

Give ${counted(task.size)}, a lesson being of ${task.brief.lesson_duration_minutes} minutes: sections in the order of learning, each with a title, a summary of one or two sentences, lessonCount, and sources: ${
    task.extracts.length > 0
      ? 'the labels of the sources it is made from, at least as many as it has lessons; no label in two sections.'
      : 'empty.'
  }`;
}

interface SectionTask extends Task {
  readonly section: { readonly title: string; readonly summary: string; readonly lessonCount: number };
  /** Titles of the other sections. */
  readonly others: readonly string[];
  /** Titles of lessons that are planned already. */
  readonly taken: readonly string[];
}

/** Of a large course, the lessons of one section. */
export function sectionTask(task: SectionTask): string {
  const { brief, section, others, taken, extracts, marks } = task;
  const known = JSON.stringify({ section, otherSections: others, lessonsBefore: taken.slice(-60) }, null, 1);
  return `Plan the lessons of one section of the course.

${opening(task)}

${marks.open('SECTION')}
${known}
${marks.close}

Give exactly ${section.lessonCount} lessons of ${brief.lesson_duration_minutes} minutes each:
${LESSON_RULES}
${extracts.length > 0 ? SOURCE_RULES : '- sources: empty.'}`;
}

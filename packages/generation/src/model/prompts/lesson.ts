import type { Brief } from '@megacampus/domain/course';
import type { Outline, OutlineLesson } from '../../engine.ts';
import { briefBlock, type Marks, type Source, sourcesBlock } from './sources.ts';

export interface LessonTask {
  readonly brief: Brief;
  readonly outline: Outline;
  readonly sectionIndex: number;
  readonly lessonIndex: number;
  readonly sources: readonly Source[];
  readonly strictSources: boolean;
  readonly words: number;
  readonly instruction: string | undefined;
  /** The text that this lesson has now. */
  readonly previous: string | undefined;
  readonly marks: Marks;
}

/** The lesson's place: its own plan, the lessons around it in full, and the titles of the sections. */
function placeOf({ outline, sectionIndex, lessonIndex }: LessonTask): string {
  const flat = outline.sections.flatMap((section, s) =>
    section.lessons.map((lesson, l) => ({ lesson, section, s, l })),
  );
  const at = flat.findIndex(({ s, l }) => s === sectionIndex && l === lessonIndex);
  const planOf = (entry: (typeof flat)[number] | undefined) => (entry === undefined ? null : plan(entry.lesson));
  return JSON.stringify(
    {
      sections: outline.sections.map(({ title }) => title),
      section: flat[at]?.section.title,
      before: planOf(flat[at - 1]),
      thisLesson: planOf(flat[at]),
      after: planOf(flat[at + 1]),
    },
    null,
    1,
  );
}

function plan({ title, objectives, keyTopics }: OutlineLesson) {
  return { title, objectives, keyTopics };
}

const STRICT = `- Say only what the passages say or what follows from them. End every paragraph, list item or table with the footnote of the passage it rests on; a paragraph without one is not published.`;
const LOOSE = `- Rest on the passages wherever they speak of the subject, with a footnote; you may add well-established knowledge, without one.`;

/** The text of one lesson. */
export function lessonTask(task: LessonTask): string {
  const { brief, sources, marks, words, instruction, previous, strictSources } = task;
  const hasSources = sources.length > 0;
  return `Write one lesson.

The brief:
${briefBlock(brief, marks)}

Where the lesson stands in the course, with the plans of the lessons before and after it:
${marks.open('PLACE')}
${placeOf(task)}
${marks.close}
${hasSources ? `\nThe passages it is made from:\n${sourcesBlock(sources, marks)}\n` : ''}${
  previous === undefined
    ? ''
    : `\nThe text it has now, to be written anew${instruction === undefined ? ', better and not alike' : '; keep of it what the wish below does not change'}. Its footnotes do not count any more:\n${marks.open('PREVIOUS')}\n${previous}\n${marks.close}\n`
}${
  instruction === undefined
    ? ''
    : `\nThe owner of the course asks for this about the lesson; follow it as far as the rules allow:\n${marks.open('WISH')}\n${instruction}\n${marks.close}\n`
}
Give:
- markdown: the lesson's text, about ${words} words (${Math.round(words * 0.6)} to ${Math.round(words * 1.4)}), with ## headings but without the lesson's title; cover every objective, in its own words; do not repeat what the lesson before it teaches and do not anticipate the one after; end with a whole sentence;
- keyPoints: 3 to 6 sentences to remember;
- citations: ${
    hasSources
      ? `one for each footnote, in their order: passage is its label, such as P2, and quote is one or two sentences copied from it letter by letter, in the language of the passage.
- Footnotes in the markdown are [^1], [^2], …: the number is the place in citations, from 1.
${strictSources ? STRICT : LOOSE}`
      : 'empty. There are no documents, so state nothing that needs a source to be believed, such as figures of studies.'
  }`;
}

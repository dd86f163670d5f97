import type { LessonContent, Passage } from '@megacampus/generation/engine';

/** A part of a whole, so that "none of none" can be told from "all". */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** 1 for a part of nothing: where there is nothing to cover or to cite, nothing is missing. */
export function ratioOf({ part, whole }: Share): number {
  return whole === 0 ? 1 : part / whole;
}

type Citing = Pick<LessonContent, 'citations'>;

/**
 * Of the headings in the documents, those under which at least one passage is cited by a lesson: published text rests on
 * it. A heading counts for the text below it and below its subheadings.
 */
export function headingCoverage(passages: readonly Passage[], lessons: readonly Citing[]): Share {
  const cited = new Set(lessons.flatMap(({ citations }) => citations.map(({ passageId }) => passageId)));
  const headingsOf = (some: readonly Passage[]) =>
    new Set(
      some.flatMap(({ documentId, headingPath }) =>
        headingPath.map((_, depth) => JSON.stringify([documentId, ...headingPath.slice(0, depth + 1)])),
      ),
    );
  return { part: headingsOf(passages.filter(({ id }) => cited.has(id))).size, whole: headingsOf(passages).size };
}

/**
 * Of all citations, those whose quote stands, character for character, in the passage they name. Lessons that cite nothing
 * though there are passages count as one citation that does not stand.
 */
export function citationValidity(passages: readonly Passage[], lessons: readonly Citing[]): Share {
  const texts = new Map(passages.map(({ id, text }) => [id, text]));
  const silent = passages.length > 0 ? lessons.filter(({ citations }) => citations.length === 0).length : 0;
  const citations = lessons.flatMap((lesson) => lesson.citations);
  const valid = citations.filter(
    ({ passageId, quote }) => quote.trim() !== '' && texts.get(passageId)?.includes(quote) === true,
  );
  return { part: valid.length, whole: citations.length + silent };
}

/** Words in a row that are compared as one: long enough not to be a set phrase. */
const RUN = 6;

/** Of all runs of six words in the lessons' texts, those that stood in the course before, in this lesson or another. */
export function duplicateRate(lessons: readonly Pick<LessonContent, 'markdown'>[]): Share {
  const seen = new Set<string>();
  let whole = 0;
  let part = 0;
  for (const { markdown } of lessons) {
    const plain = markdown.replace(/\[\^\d+\]/g, ' ').toLowerCase();
    const words = plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    for (let end = RUN; end <= words.length; end += 1) {
      const run = words.slice(end - RUN, end).join(' ');
      whole += 1;
      if (seen.has(run)) part += 1;
      seen.add(run);
    }
  }
  return { part, whole };
}

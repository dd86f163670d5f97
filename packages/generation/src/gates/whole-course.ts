import type { Brief } from '@megacampus/domain/course';
import { z } from 'zod';
import type { LessonContent, Passage } from '../engine.ts';
import { createBreather } from '../extractive/breather.ts';
import { lexiconOf } from '../language/words.ts';
import { ALIKE, shinglesFrom } from './near-duplicate.ts';
import { COVERED } from './objectives.ts';
import { shareIn, topicsFrom, topicsOf } from './overlap.ts';

/** What can only be seen when all lessons are there. Nothing of it fails a course; its owner is told. */
export const courseReportSchema = z.object({
  /** Lessons of which the later nearly repeats the earlier, by their positions, and the share they have in common. */
  alike: z.array(z.object({ earlier: z.number().int(), later: z.number().int(), share: z.number() })),
  /** Objectives of the course that no lesson treats. */
  objectives: z.array(z.string()),
  /** The first headings of the documents from whose text nothing is cited, and how many there are in all. */
  headings: z.array(z.string()),
  headingCount: z.number().int(),
});
export type CourseReport = z.infer<typeof courseReportSchema>;

export interface WholeCourse {
  readonly brief: Brief;
  /** Of the course, from its analysis. */
  readonly objectives: readonly string[];
  /** Those that are written, with their positions over the course. */
  readonly lessons: readonly {
    readonly position: number;
    readonly section: string;
    readonly title: string;
    readonly content: Pick<LessonContent, 'markdown' | 'citations'>;
  }[];
  /** Where each passage of the documents stands, in reading order; length in characters. */
  readonly headings: readonly (Pick<Passage, 'id' | 'documentId' | 'headingPath'> & { readonly length: number })[];
}

/** Shorter sections are contents, title pages and notes, which a course may well leave out. In characters: half a page. */
const LEAST_SECTION = 1_000;
const MOST_NAMED = 20;

/** Compares all lessons with each other, with the objectives and with the documents. Lets the event loop turn. */
export async function checkWholeCourse(course: WholeCourse, signal: AbortSignal): Promise<CourseReport> {
  const breathe = createBreather(signal);
  const { language } = course.brief;
  const openObjectives = new Map(course.objectives.map((objective) => [objective, topicsOf(objective, language)]));
  const alike: CourseReport['alike'] = [];
  const seen = createSeen();
  const { topicStems } = lexiconOf(language);
  for (const { position, section, title, content } of course.lessons) {
    await breathe();
    const stems = topicStems(content.markdown.replace(/\[\^\d+\]/g, ' '));
    await breathe();
    alike.push(...seen.add(position, shinglesFrom(stems)));
    const said = topicsFrom([...topicStems(`${section}\n${title}`), ...stems], language);
    for (const [objective, topics] of openObjectives)
      if (shareIn(topics, said) >= COVERED) openObjectives.delete(objective);
  }
  const headings = course.lessons.length === 0 ? [] : uncoveredHeadings(course);
  return {
    alike,
    objectives: [...openObjectives.keys()],
    headings: headings.slice(0, MOST_NAMED),
    headingCount: headings.length,
  };
}

/** Which of the texts before share how much with each new one. By what they share, so that 300 lessons are no 45,000 comparisons. */
function createSeen() {
  const holders = new Map<string, number[]>();
  const sizes = new Map<number, number>();
  return {
    add(later: number, shingles: ReadonlySet<string>): CourseReport['alike'] {
      const shared = new Map<number, number>();
      for (const shingle of shingles) {
        const earlier = holders.get(shingle);
        if (earlier === undefined) holders.set(shingle, [later]);
        else {
          for (const one of earlier) shared.set(one, (shared.get(one) ?? 0) + 1);
          earlier.push(later);
        }
      }
      sizes.set(later, shingles.size);
      return [...shared]
        .map(([earlier, count]) => ({
          earlier,
          later,
          share: Math.round((100 * count) / Math.max(1, Math.min(shingles.size, sizes.get(earlier) ?? 0))) / 100,
        }))
        .filter(({ share }) => share >= ALIKE)
        .sort((one, other) => one.earlier - other.earlier);
    },
  };
}

/** The highest headings of which nothing is cited, in reading order. */
function uncoveredHeadings({ lessons, headings }: WholeCourse): string[] {
  const cited = new Set(lessons.flatMap(({ content }) => content.citations.map(({ passageId }) => passageId)));
  const sections = new Map<string, { readonly path: readonly string[]; length: number; isCited: boolean }>();
  const keyOf = (documentId: string, path: readonly string[]) => JSON.stringify([documentId, ...path]);
  for (const { id, documentId, headingPath, length } of headings) {
    for (let depth = 1; depth <= headingPath.length; depth += 1) {
      const path = headingPath.slice(0, depth);
      const section = sections.get(keyOf(documentId, path)) ?? { path, length: 0, isCited: false };
      section.length += length;
      section.isCited ||= cited.has(id);
      sections.set(keyOf(documentId, path), section);
    }
  }
  const open = [...sections].filter(([, { isCited, length }]) => !isCited && length >= LEAST_SECTION);
  const names = open.flatMap(([key, { path }]) => {
    const [documentId] = JSON.parse(key);
    const isInOpenOne = path.length > 1 && sections.get(keyOf(documentId, path.slice(0, -1)))?.isCited === false;
    return isInOpenOne ? [] : [path.at(-1) ?? ''];
  });
  return names;
}

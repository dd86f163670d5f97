import type { Lexicon } from '../language/words.ts';
import type { Breathe } from './breather.ts';
import type { LessonUnits, SectionUnits } from './divide.ts';
import type { Unit } from './material.ts';
import type { Texts } from './texts.ts';
import { keyTopics } from './topics.ts';

/** Longest title made by joining headings, in characters. */
const JOINED_LENGTH = 90;
/** Headings that a title names one by one, at most; of more, the first and the last. */
const JOINED_HEADINGS = 3;

interface Titles {
  readonly section: string;
  readonly lessons: readonly string[];
}

/** Titles for all sections and lessons: the source's headings, topics where it has none; no title occurs twice. */
export async function titlesOf(
  sections: readonly SectionUnits[],
  lexicon: Lexicon,
  texts: Pick<Texts, 'part' | 'introduction'>,
  breathe: Breathe,
): Promise<Titles[]> {
  const sectionTitles: string[] = [];
  const lessonTitles: string[][] = [];
  for (const lessons of sections) {
    await breathe();
    const section = sectionTitle(lessons.flat(), sections.length === 1, lexicon, texts.introduction);
    sectionTitles.push(section);
    const titles: string[] = [];
    for (const units of lessons) {
      await breathe();
      titles.push(lessonTitle(units, { section, lessons, lexicon, introduction: texts.introduction }));
    }
    lessonTitles.push(titles);
  }
  const abbreviations = abbreviationsIn(sections.flat(2));
  const uniqueSections = unique(
    sectionTitles.map((title) => withoutShouting(title, abbreviations)),
    texts.part,
  );
  const uniqueLessons = unique(
    lessonTitles.flat().map((title) => withoutShouting(title, abbreviations)),
    texts.part,
  );
  let taken = 0;
  return uniqueSections.map((section, index) => {
    const count = lessonTitles[index]?.length ?? 0;
    taken += count;
    return { section, lessons: uniqueLessons.slice(taken - count, taken) };
  });
}

function sectionTitle(units: readonly Unit[], isOnly: boolean, lexicon: Lexicon, introduction: string): string {
  const documents = new Set(units.map(({ documentTitle }) => documentTitle));
  const titles = chaptersOf(units);
  if (isOnly && documents.size === 1 && titles.length !== 1) return units[0]?.documentTitle ?? introduction;
  if (titles.length > 0 && titles.length <= 3) return joined(titles);
  if (titles.length > 3) return joined([titles[0] ?? '', titles.at(-1) ?? ''], ' — ');
  return topicTitle(units.slice(0, TITLE_UNITS), lexicon) ?? units[0]?.documentTitle ?? introduction;
}

/** Units at the beginning of a section that its title is taken from when it has no headings. */
const TITLE_UNITS = 12;

/** Top headings of some units. Small parts that joined a chapter (an introduction, a conclusion) do not rename it. */
function chaptersOf(units: readonly Unit[]): string[] {
  const sizes = new Map<string, number>();
  for (const { path, words } of units) sizes.set(path[0] ?? '', (sizes.get(path[0] ?? '') ?? 0) + words);
  const largest = Math.max(...sizes.values());
  return [...sizes].filter(([title, size]) => title !== '' && size >= largest * 0.4).map(([title]) => title);
}

interface LessonTitleOptions {
  readonly section: string;
  readonly lessons: SectionUnits;
  readonly lexicon: Lexicon;
  readonly introduction: string;
}

function lessonTitle(units: LessonUnits, { section, lessons, lexicon, introduction }: LessonTitleOptions): string {
  // In a section of one chapter its heading says nothing about a lesson.
  const depth = chaptersOf(lessons.flat()).length > 1 ? 0 : 1;
  const headings = [...new Set(units.map(({ path }) => path.slice(depth).at(-1) ?? ''))].filter(
    (heading) => heading !== '',
  );
  if (lessons.length === 1 && headings.length !== 1 && headings.length !== 2) return section;
  if (headings.length > JOINED_HEADINGS) return joined([headings[0] ?? '', headings.at(-1) ?? ''], ' — ');
  if (headings.length > 0) return joined(headings);
  const topic = topicTitle(units.slice(0, TITLE_UNITS), lexicon);
  if (topic && topic.toLowerCase() !== section.toLowerCase()) return topic;
  return units[0]?.path[0] ?? units[0]?.documentTitle ?? introduction;
}

/** “Keys. Relationships”: as many headings as fit. */
function joined(headings: readonly string[], separator = '. '): string {
  let title = headings[0] ?? '';
  for (const heading of headings.slice(1)) {
    const longer = `${title.replace(/[.:]$/, '')}${/[?!]$/.test(title) ? ' ' : separator}${heading}`;
    if (longer.length > JOINED_LENGTH) return `${title}…`.replace('……', '…');
    title = longer;
  }
  return title;
}

/** “Queen, drones, workers”: the topics of text without headings, the first with a capital. */
function topicTitle(units: readonly Unit[], lexicon: Lexicon): string | null {
  const topics = keyTopics(
    units.flatMap(({ blocks }) => blocks),
    [],
    lexicon,
    2,
  );
  if (topics.length === 0) return null;
  const title = topics.join(', ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Words that the text writes in capitals in the middle of ordinary sentences. */
function abbreviationsIn(units: readonly Unit[]): Set<string> {
  const sentences = units.flatMap(({ blocks }) => blocks.flatMap((block) => block.sentences));
  return new Set(
    sentences.flatMap(({ text }) => (/\p{Ll}/u.test(text) ? (text.match(/\p{Lu}[\p{Lu}\p{N}]+/gu) ?? []) : [])),
  );
}

/** A title set in capitals, as plain text does for want of larger letters, is written as a sentence is. */
function withoutShouting(title: string, abbreviations: ReadonlySet<string>): string {
  const isShouted = !/\p{Ll}/u.test(title) && (title.match(/\p{Lu}{2,}/gu)?.length ?? 0) >= 2;
  if (!isShouted) return title;
  const calm = title.replace(/\p{Lu}[\p{Lu}\p{N}]*/gu, (word) => (abbreviations.has(word) ? word : word.toLowerCase()));
  return calm.charAt(0).toUpperCase() + calm.slice(1);
}

function unique(titles: readonly string[], part: (n: number) => string): string[] {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  const seen = new Map<string, number>();
  return titles.map((title) => {
    if ((counts.get(title) ?? 0) < 2) return title;
    const n = (seen.get(title) ?? 0) + 1;
    seen.set(title, n);
    return `${title}, ${part(n)}`;
  });
}

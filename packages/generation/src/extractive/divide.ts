import type { Brief } from '@megacampus/domain/course';
import type { Breathe } from './breather.ts';
import { cosine, frequenciesOf } from './centrality.ts';
import type { Material, Unit } from './material.ts';
import { type Group, partition } from './partition.ts';
import { lessonWords } from './reading-speed.ts';

/** The units of one lesson. */
export type LessonUnits = readonly Unit[];
/** The lessons of one section. */
export type SectionUnits = readonly LessonUnits[];

/** Natural chapters up to this many become sections as they are; more are joined with their neighbours. */
const MOST_SECTIONS = 15;

/**
 * Divides the material into sections and lessons: along headings where there are any, else where the topic shifts, in
 * lessons of the brief's length. Counts given in the brief are kept as far as there are passages for them.
 */
export async function divide(material: Material, brief: Brief, breathe: Breathe): Promise<SectionUnits[]> {
  const { units } = material;
  const target = lessonWords(brief, material.lexicon.language);
  const lessonsWanted = brief.estimated_lessons === null ? null : Math.min(brief.estimated_lessons, units.length);
  const breaks = await topicBreaks(material, breathe);
  const sections = divideIntoSections(units, brief, { target, lessonsWanted, breaks });
  await breathe();
  const counts = lessonsWanted === null ? sections.map(() => null) : shareOut(lessonsWanted, sections, units);
  const divided: SectionUnits[] = [];
  for (const [index, { from, to }] of sections.entries()) {
    await breathe();
    const lessons = divideIntoLessons(units, { from, to }, { target, count: counts[index] ?? null, breaks });
    divided.push(lessons.map((lesson) => units.slice(lesson.from, lesson.to)));
  }
  return divided;
}

interface SectionOptions {
  readonly target: number;
  readonly lessonsWanted: number | null;
  readonly breaks: readonly number[];
}

function divideIntoSections(units: readonly Unit[], brief: Brief, options: SectionOptions): Group[] {
  const natural = chapters(units, options.target);
  const wanted =
    brief.estimated_sections === null
      ? null
      : Math.min(brief.estimated_sections, options.lessonsWanted ?? units.length);
  const most = Math.min(MOST_SECTIONS, options.lessonsWanted ?? MOST_SECTIONS);
  if (wanted === null && natural.length > 1 && natural.length <= most) return natural;
  if (wanted === natural.length) return natural;
  const lessons = options.lessonsWanted ?? Math.max(1, Math.round(wordsOf(units) / options.target));
  const count = wanted ?? Math.max(1, Math.min(12, options.lessonsWanted ?? 12, Math.round(lessons / 4)));
  const average = wordsOf(units) / count;
  return partition({
    sizes: units.map(({ words }) => words),
    count,
    largest: average * 3,
    cost: (size) => ((size - average) / average) ** 2,
    boundary: (index) => boundaryCost(units, index, options.breaks),
  });
}

/** Runs of units under the same top heading of the same document; one too small for a lesson joins a neighbour. */
function chapters(units: readonly Unit[], target: number): Group[] {
  const groups: { from: number; to: number }[] = [];
  for (const [index, unit] of units.entries()) {
    const last = groups.at(-1);
    const previous = units[index - 1];
    if (last && previous && sharedDepth(previous, unit) > 0) last.to = index + 1;
    else groups.push({ from: index, to: index + 1 });
  }
  for (let index = 0; index < groups.length && groups.length > 1; ) {
    const group = groups[index];
    if (!group || wordsOf(units.slice(group.from, group.to)) >= target * 0.45) {
      index += 1;
      continue;
    }
    const into = smaller(groups[index - 1], groups[index + 1], units);
    if (!into) break;
    into.from = Math.min(into.from, group.from);
    into.to = Math.max(into.to, group.to);
    groups.splice(index, 1);
    index = Math.max(0, index - 1);
  }
  return groups;
}

function smaller<G extends Group>(one: G | undefined, other: G | undefined, units: readonly Unit[]): G | undefined {
  if (!one || !other) return one ?? other;
  return wordsOf(units.slice(one.from, one.to)) <= wordsOf(units.slice(other.from, other.to)) ? one : other;
}

interface LessonOptions {
  readonly target: number;
  readonly count: number | null;
  readonly breaks: readonly number[];
}

function divideIntoLessons(
  units: readonly Unit[],
  { from, to }: Group,
  { target, count, breaks }: LessonOptions,
): Group[] {
  const own = units.slice(from, to);
  const aim = count === null ? target : wordsOf(own) / count;
  const low = aim * 0.45;
  const high = aim * 1.1;
  const headingChanges = own.map((unit, index) => (index > 0 && !sameHeading(own[index - 1], unit) ? 1 : 0));
  const changesBefore = [0];
  for (const change of headingChanges) changesBefore.push((changesBefore.at(-1) ?? 0) + change);
  return partition({
    sizes: own.map(({ words }) => words),
    count,
    largest: Math.max(high * 3, 1),
    cost: (size, start, end) => {
      const miss = size < low ? (low - size) / low : size > high ? (size - high) / high : 0;
      // One heading a lesson is best; each further one that is joined costs more than the last.
      const joins = (changesBefore[end] ?? 0) - (changesBefore[start + 1] ?? 0);
      return 3 * miss ** 2 + 0.06 * joins * (joins + 1);
    },
    boundary: (index) => (sameHeading(own[index - 1], own[index]) ? 0.25 + 0.5 * (breaks[from + index] ?? 0) : 0),
  }).map((group) => ({ from: from + group.from, to: from + group.to }));
}

/** Shares lessons out to sections by their words; each gets one, and none more than it has passages. */
function shareOut(lessons: number, sections: readonly Group[], units: readonly Unit[]): number[] {
  const sizes = sections.map(({ from, to }) => wordsOf(units.slice(from, to)));
  const counts = sections.map(() => 1);
  for (let left = lessons - sections.length; left > 0; left -= 1) {
    let neediest = -1;
    for (const [index, { from, to }] of sections.entries()) {
      const count = counts[index] ?? 0;
      if (count >= to - from) continue;
      const need = (sizes[index] ?? 0) / count;
      if (neediest < 0 || need > (sizes[neediest] ?? 0) / (counts[neediest] ?? 1)) neediest = index;
    }
    if (neediest < 0) break;
    counts[neediest] = (counts[neediest] ?? 0) + 1;
  }
  return counts;
}

function boundaryCost(units: readonly Unit[], index: number, breaks: readonly number[]): number {
  const before = units[index - 1];
  const unit = units[index];
  if (!before || !unit) return 0;
  if (sameHeading(before, unit)) return 1 + (breaks[index] ?? 0);
  return 0.25 * sharedDepth(before, unit);
}

function sameHeading(one: Unit | undefined, other: Unit | undefined): boolean {
  if (!one || !other || one.passage.documentId !== other.passage.documentId) return false;
  return one.path.length === other.path.length && one.path.every((heading, index) => heading === other.path[index]);
}

/** How many headings two units have in common; two without any headings in one document share their title. */
function sharedDepth(one: Unit, other: Unit): number {
  if (one.passage.documentId !== other.passage.documentId) return 0;
  if (one.path.length === 0 && other.path.length === 0) return 1;
  const differs = one.path.findIndex((heading, index) => heading !== other.path[index]);
  return differs < 0 ? one.path.length : differs;
}

/** Units on each side that are compared, as TextTiling compares blocks of text (Hearst, 1997). */
const WINDOW = 2;

/** How much the text before and after each unit has in common, 0–1: a low value is where the topic shifts. */
async function topicBreaks({ units }: Material, breathe: Breathe): Promise<number[]> {
  const bags = units.map(({ blocks }) => blocks.flatMap(({ sentences }) => sentences.flatMap(({ stems }) => stems)));
  const cohesion: number[] = [];
  for (const index of units.keys()) {
    await breathe();
    const before = frequenciesOf(bags.slice(Math.max(0, index - WINDOW), index).flat());
    const after = frequenciesOf(bags.slice(index, index + WINDOW).flat());
    cohesion.push(cosine(before, after));
  }
  const largest = Math.max(...cohesion, 1e-9);
  return cohesion.map((value) => value / largest);
}

export function wordsOf(units: readonly Unit[]): number {
  return units.reduce((sum, { words }) => sum + words, 0);
}

import type { Passage } from '../engine.ts';
import type { Source } from './prompts/sources.ts';

/** Neighbouring passages of one document that go to lessons together. */
export interface Unit {
  readonly label: string;
  readonly headingPath: readonly string[];
  readonly passages: readonly Passage[];
}

/** As many units as a model can keep apart in one outline. */
const MOST_UNITS = 120;
/** Shortest and longest extract of a unit, in characters. */
const EXTRACT = { least: 80, most: 1_200 } as const;

/** Passages as units, fine as long as there are few, else by their headings, else in stretches of equal number. */
export function unitsOf(passages: readonly Passage[]): Unit[] {
  const deepest = Math.max(0, ...passages.map(({ headingPath }) => headingPath.length));
  let groups = passages.map((passage) => [passage]);
  for (let depth = deepest; depth >= 1 && groups.length > MOST_UNITS; depth -= 1) {
    groups = groupNeighbours(passages, (passage) => passage.headingPath.slice(0, depth).join('\n'));
  }
  if (groups.length > MOST_UNITS) {
    const size = Math.ceil(passages.length / MOST_UNITS);
    groups = Array.from({ length: Math.ceil(passages.length / size) }, (_, index) =>
      passages.slice(index * size, (index + 1) * size),
    );
  }
  return groups.map((group, index) => ({
    label: `S${index + 1}`,
    headingPath: group[0]?.headingPath ?? [],
    passages: group,
  }));
}

function groupNeighbours(passages: readonly Passage[], keyOf: (passage: Passage) => string): Passage[][] {
  const groups: Passage[][] = [];
  let last: string | null = null;
  for (const passage of passages) {
    const key = `${passage.documentId}\n${keyOf(passage)}`;
    if (key === last) groups.at(-1)?.push(passage);
    else groups.push([passage]);
    last = key;
  }
  return groups;
}

/** The beginnings of units, so long that all of them fit. */
export function extractsOf(units: readonly Unit[], passageChars: number): Source[] {
  const each = Math.min(EXTRACT.most, Math.max(EXTRACT.least, Math.floor(passageChars / Math.max(1, units.length))));
  return units.map(({ label, headingPath, passages }) => {
    const perPassage = Math.max(EXTRACT.least, Math.floor(each / passages.length));
    const text = passages.map((passage) => passage.text.slice(0, perPassage).trim()).join('\n…\n');
    return { label, headingPath, text: text.slice(0, each) };
  });
}

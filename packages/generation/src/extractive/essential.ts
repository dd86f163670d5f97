import type { Lexicon } from '../language/words.ts';
import type { PassageBlock, Sentence } from './passage-blocks.ts';

/** Share of an objective's telling words that a lesson has to speak of, a little more than the gate asks. */
const SPOKEN_OF = 0.36;

/** Whether a text with these stems speaks of an objective. */
export function speaksOf(objective: string, stems: ReadonlySet<string>, lexicon: Lexicon): boolean {
  const wanted = new Set(lexicon.topicStems(objective));
  return [...wanted].filter((stem) => stems.has(stem)).length >= wanted.size * SPOKEN_OF;
}

/** For each objective the items that say most of it, until enough of it is said. */
export function coveringEach<T>(
  items: readonly T[],
  stemsOf: (item: T) => Iterable<string>,
  objectives: readonly string[],
  lexicon: Lexicon,
): Set<T> {
  const covering = new Set<T>();
  for (const objective of objectives) {
    const open = new Set(lexicon.topicStems(objective));
    const enough = open.size * (1 - SPOKEN_OF);
    while (open.size > enough) {
      let best: { item: T; found: readonly string[] } | null = null;
      for (const item of items) {
        const found = [...new Set(stemsOf(item))].filter((stem) => open.has(stem));
        if (found.length > (best?.found.length ?? 0)) best = { item, found };
      }
      if (best === null) break;
      covering.add(best.item);
      for (const stem of best.found) open.delete(stem);
    }
  }
  return covering;
}

/** The sentences that a lesson's objectives rest on, so that a lesson that is cut down still speaks of them. */
export function essentialSentences(
  blocks: readonly PassageBlock[],
  objectives: readonly string[],
  lexicon: Lexicon,
): Set<Sentence> {
  return coveringEach(
    blocks.flatMap(({ sentences }) => sentences),
    ({ stems }) => stems,
    objectives,
    lexicon,
  );
}

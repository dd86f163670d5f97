import type { Sentence } from './passage-blocks.ts';

/** Kinds of sentences that a style prefers to others. */
export type Favour = 'short' | 'definitions' | 'cases' | 'actions' | 'numbers' | 'reasons' | 'benefits';

/** How much a preferred sentence gains on others, beside scores of about 0 to 1. */
const GAIN = 0.35;
/** A sentence of so many words is short. */
const SHORT_WORDS = 12;

const SIGNS: Readonly<Record<Exclude<Favour, 'short'>, RegExp>> = {
  definitions: /[—–-] это |(?<!\p{L})(?:называ\p{L}+|означа\p{L}+| is an? | are (?:an? |the )|called|means)(?!\p{L})/iu,
  cases:
    /(?<!\p{L})(?:наприм\p{L}+|пример\p{L}*|случа\p{L}+|однажды|история|for example|for instance|example|once|case|story)(?!\p{L})|(?<!\d)[12]\d{3}(?!\d)/iu,
  actions:
    /(?<!\p{L})(?:нужно|надо|следует|должн\p{L}+|необходимо|обязан\p{L}*|нельзя|запрещ\p{L}+|сначала|чтобы|must|should|never|always|needs? to|has to|have to|in order to|first)(?!\p{L})/iu,
  numbers: /\d/u,
  reasons:
    /(?<!\p{L})(?:поэтому|потому|так как|из-за|если|зато|иначе|тогда как|в отличие|because|therefore|since|so that|if|whereas|unlike|otherwise|depends?)(?!\p{L})/iu,
  benefits:
    /(?<!\p{L})(?:позволя\p{L}+|помога\p{L}+|можно|достаточно|возможност\p{L}+|уверенно|легче|лучше|allows?|helps?|lets?|can|enough|possible|easier|better|best)(?!\p{L})/iu,
};

/** What a sentence gains where a style prefers its kind: 0 or `GAIN`. */
export function gainOf({ text, words }: Pick<Sentence, 'text' | 'words'>, favour: Favour | null): number {
  if (favour === null) return 0;
  return (favour === 'short' ? words <= SHORT_WORDS : SIGNS[favour].test(text)) ? GAIN : 0;
}

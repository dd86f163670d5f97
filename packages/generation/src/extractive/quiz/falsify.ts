import type { Lexicon } from '../../language/words.ts';
import { type Definition, definitionOf } from '../definitions.ts';
import type { Sentence } from '../passage-blocks.ts';

/** A statement that contradicts its source sentence. */
export interface FalseStatement {
  readonly text: string;
  readonly source: Sentence;
  /** What was put in its place; two statements with the same one would give each other away. */
  readonly change: string;
}

/**
 * Pairs of words that say the opposite, tried both ways unless the second is null. Whole words; the first letter's case is kept.
 */
const OPPOSITES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  ru: [
    ['всегда имеет', 'никогда не имеет'],
    ['нельзя', 'можно'],
    ['не допускает', 'допускает'],
    ['не бывают', 'бывают'],
    ['не может', 'может'],
    ['не могут', 'могут'],
    ['не должен', 'должен'],
    ['не должна', 'должна'],
    ['не должны', 'должны'],
    ['не обязан', 'обязан'],
    ['не обязаны', 'обязаны'],
    ['не позволяет', 'позволяет'],
    ['не нужен', 'нужен'],
    // The negation has the genitive, its contrary the accusative.
    ['не имеет значения', 'имеет значение'],
    ['не имеют значения', 'имеют значение'],
    ['не имеет смысла', 'имеет смысл'],
    ['не играет роли', 'играет роль'],
    ['не имеет', 'имеет'],
    ['запрещает', 'разрешает'],
    ['запрещается', 'разрешается'],
    ['запрещено', 'разрешено'],
    ['обязательны', 'необязательны'],
    ['не меньше', 'не больше'],
    ['не менее', 'не более'],
    ['не реже', 'не чаще'],
    ['увеличивает', 'уменьшает'],
    ['ускоряет', 'замедляет'],
    ['до начала', 'после окончания'],
    ['тяжелее', 'легче'],
  ],
  en: [
    ['must not', 'must'],
    ['must never', 'must always'],
    ['cannot', 'can'],
    ['can no longer', 'can still'],
    ['is not', 'is'],
    ['are not', 'are'],
    ['are never', 'are always'],
    ['never', 'always'],
    ['forbids', 'allows'],
    ['at least', 'at most'],
    ['not longer than', 'not less than'],
    ['speeds up', 'slows down'],
    ['increases', 'decreases'],
    ['has no', 'has a'],
    ['more than', 'less than'],
    ['below', 'above'],
    ['before', 'after'],
  ],
};

/** Which of the pairs may only be read from left to right: adding “not” to any “is” makes clumsy sentences. */
const ONE_WAY = new Set([
  'тяжелее',
  'до начала',
  // “One after another” has no contrary.
  'before',
  'is not',
  'are not',
  'has no',
  'can no longer',
  'cannot',
  'not longer than',
  'must not',
]);

/** A statement that the source sentence contradicts: another thing's definition, another number, or the opposite. */
export function falsify(
  sentence: Sentence,
  definitions: readonly Definition[],
  lexicon: Lexicon,
  pick: (n: number) => number,
): FalseStatement | null {
  return (
    swapDefinition(sentence, definitions, lexicon, pick) ??
    turnRound(sentence, lexicon) ??
    changeNumber(sentence, lexicon, pick)
  );
}

/** “A foreign key is <what a primary key is>.” */
function swapDefinition(
  sentence: Sentence,
  definitions: readonly Definition[],
  lexicon: Lexicon,
  pick: (n: number) => number,
): FalseStatement | null {
  const own = definitionOf(sentence, lexicon);
  if (own === null) return null;
  const ownStems = new Set(lexicon.topicStems(own.term));
  const others = definitions.filter(({ term, body, link }) => {
    const stems = lexicon.topicStems(term);
    // The other thing's explanation must not name this thing, nor be a kind of it.
    return (
      link.trim() === own.link.trim() &&
      !stems.every((stem) => ownStems.has(stem)) &&
      ![...ownStems].every((stem) => stems.includes(stem)) &&
      !mentions(body, own.term, lexicon)
    );
  });
  // A sibling such as “foreign key” makes a better error than something far away.
  const siblings = others.filter(({ term }) => lexicon.topicStems(term).some((stem) => ownStems.has(stem)));
  const pool = siblings.length > 0 ? siblings : others;
  const other = pool[pick(pool.length)];
  if (!other) return null;
  const opening = sentence.text.slice(0, sentence.text.indexOf(own.link));
  return { text: `${opening}${own.link}${other.body}.`, source: sentence, change: other.body };
}

function mentions(text: string, term: string, lexicon: Lexicon): boolean {
  const stems = new Set(lexicon.topicStems(text));
  return lexicon.topicStems(term).every((stem) => stems.has(stem));
}

function turnRound(sentence: Sentence, { language }: Lexicon): FalseStatement | null {
  for (const [one, other] of OPPOSITES[language] ?? []) {
    const text =
      replaceOnce(sentence.text, one, other) ??
      (ONE_WAY.has(one) || containsWord(sentence.text, one) ? null : replaceOnce(sentence.text, other, one));
    if (text !== null) return { text, source: sentence, change: `${one} ${sentence.text}` };
  }
  return null;
}

/** Replaces a phrase that occurs exactly once, in a sentence that does not hold its replacement as well. */
function replaceOnce(text: string, from: string, to: string): string | null {
  const matches = [...text.matchAll(wordPattern(from))];
  const [match] = matches;
  if (!match || matches.length !== 1) return null;
  const rest = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  if (containsWord(rest, to) || containsWord(rest, from.replace(/^(?:не|must) /u, ''))) return null;
  const isCapital = /^\p{Lu}/u.test(match[0]);
  const replacement = isCapital ? to.charAt(0).toUpperCase() + to.slice(1) : to;
  return text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length);
}

function containsWord(text: string, phrase: string): boolean {
  return text.search(wordPattern(phrase)) >= 0;
}

const patterns = new Map<string, RegExp>();

/** A phrase as whole words. The patterns are few, fixed by the tables above, and slow to build. */
function wordPattern(phrase: string): RegExp {
  const known = patterns.get(phrase);
  if (known) return known;
  const made = new RegExp(`(?<![\\p{L}\\p{N}-])${phrase}(?![\\p{L}\\p{N}-])`, 'giu');
  patterns.set(phrase, made);
  return made;
}

/** The one number of a sentence, if it is a count or a measure and not part of a name, a date, a range or a formula. */
export function numberIn(text: string): { value: number; start: number; end: number } | null {
  const matches = [...text.matchAll(/\d+(?:[.,]\d+)?/g)];
  const [match] = matches;
  if (!match || matches.length !== 1) return null;
  const start = match.index;
  const end = start + match[0].length;
  if (
    !/^\d{1,6}$/.test(match[0]) ||
    !/\s$/.test(text.slice(0, start)) ||
    !/^(?:[\s.,;:!?)»”%]|$)/.test(text.slice(end))
  )
    return null;
  if (
    /(?:рис|табл|гл|глав\p{L}*|раздел\p{L}*|пункт\p{L}*|стать\p{L}*|№|fig|figure|table|chapter|section|no)\.?\s$/iu.test(
      text.slice(0, start),
    )
  )
    return null;
  return { value: Number(match[0]), start, end };
}

/** Other numbers that fit the same sentence: of the same grammatical class, and of a like size. */
export function otherNumbers(value: number, language: string): number[] {
  const rules = new Intl.PluralRules(language);
  const year = value >= 1500 && value <= 2100;
  const steps = year
    ? [10, -10, 20, -15, 5]
    : value >= 10
      ? [value, -Math.round(value / 2), value * 2, Math.round(value / 2), 5, 10, -5]
      : [2, 3, 4, 1, 5, 6, 7, -1, -2];
  const found = new Set<number>();
  for (const step of steps) {
    const other = value + step;
    if (other > 0 && other !== value && rules.select(other) === rules.select(value)) found.add(other);
  }
  return [...found];
}

function changeNumber(sentence: Sentence, { language }: Lexicon, pick: (n: number) => number): FalseStatement | null {
  const number = numberIn(sentence.text);
  if (number === null) return null;
  const others = otherNumbers(number.value, language);
  const other = others[pick(others.length)];
  if (other === undefined) return null;
  return {
    text: sentence.text.slice(0, number.start) + String(other) + sentence.text.slice(number.end),
    source: sentence,
    change: sentence.text,
  };
}

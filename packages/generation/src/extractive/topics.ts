import type { Lexicon } from '../language/words.ts';
import { definitionsIn, termForm } from './definitions.ts';
import type { PassageBlock } from './passage-blocks.ts';

/** Longest topic, in words. */
const TOPIC_WORDS = 4;

interface Candidate {
  readonly forms: Map<string, number>;
  weight: number;
}

/** Counts topics piece by piece, so that a long text can be read without a pause that is too long. */
export interface TopicCounter {
  addBlocks(blocks: readonly PassageBlock[]): void;
  addHeadings(headings: readonly string[]): void;
  best(limit: number): string[];
}

/**
 * Finds the main topics of a text: terms that it defines, names in its headings and emphasis, and pairs of words that it
 * repeats (RAKE-like, counted by stems).
 */
export function createTopicCounter(lexicon: Lexicon): TopicCounter {
  const candidates = new Map<string, Candidate>();
  const pairs = new Map<string, Pair>();
  const add = (form: string, weight: number) => {
    const key = lexicon.topicStems(form).join(' ');
    if (key === '') return;
    const candidate = candidates.get(key) ?? { forms: new Map(), weight: 0 };
    candidate.weight += weight;
    candidate.forms.set(form, (candidate.forms.get(form) ?? 0) + weight);
    candidates.set(key, candidate);
  };
  return {
    addBlocks(blocks) {
      for (const { term } of definitionsIn(blocks, lexicon)) add(term, 6);
      for (const phrase of blocks.flatMap(({ emphasised }) => emphasised)) {
        if (isShort(phrase, lexicon) && !/[.:!?]$/.test(phrase)) add(termForm(phrase), 2);
      }
      countPairs(blocks, lexicon, pairs);
    },
    addHeadings(headings) {
      for (const heading of headings)
        if (isShort(heading, lexicon) && !isGeneric(heading)) add(headingForm(heading), 4);
    },
    best(limit) {
      for (const pair of repeatedPairs(pairs)) add(pair.form, 0.5 * pair.count);
      pairs.clear();
      return distinct(candidates, lexicon).slice(0, limit);
    },
  };
}

/** The main topics of a short text, best first. */
export function keyTopics(
  blocks: readonly PassageBlock[],
  headings: readonly string[],
  lexicon: Lexicon,
  limit: number,
): string[] {
  const counter = createTopicCounter(lexicon);
  counter.addBlocks(blocks);
  counter.addHeadings(headings);
  return counter.best(limit);
}

/** “Introduction to Databases” is written with capitals throughout, so its first one is no sign of a sentence. */
function headingForm(heading: string): string {
  return /\s\p{Lu}\p{Ll}/u.test(heading) ? heading : termForm(heading);
}

/** Headings that say where they stand, not what they are about. */
export function isGeneric(heading: string): boolean {
  return /^(?:введение|предисловие|заключение|выводы?|итоги?|общие положения|приложения?|примеры?|introduction|preface|conclusions?|summary|overview|appendix|examples?)$/iu.test(
    heading,
  );
}

function isShort(phrase: string, lexicon: Lexicon): boolean {
  const words = lexicon.count(phrase);
  return words >= 1 && words <= TOPIC_WORDS && phrase.length <= 60;
}

/** Drops a topic whose words all stand in a better one, or the other way round. */
function distinct(candidates: ReadonlyMap<string, Candidate>, lexicon: Lexicon): string[] {
  const ranked = [...candidates].sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1));
  const chosen: { stems: Set<string>; form: string }[] = [];
  for (const [key, { forms }] of ranked.slice(0, 300)) {
    const stems = new Set(key.split(' '));
    if (chosen.some((other) => [...stems].every((stem) => other.stems.has(stem)))) continue;
    const [form = ''] = [...forms].sort(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1))[0] ?? [];
    if (lexicon.count(form) > 0) chosen.push({ stems, form });
  }
  return chosen.map(({ form }) => form);
}

interface Pair {
  readonly forms: Map<string, number>;
  count: number;
}

function countPairs(blocks: readonly PassageBlock[], lexicon: Lexicon, pairs: Map<string, Pair>): void {
  const carriesMeaning = (word: string) => word.length > 2 && !lexicon.isStopword(word) && !/\d/.test(word);
  for (const { text } of blocks.flatMap(({ sentences }) => sentences)) {
    const words = lexicon.words(text);
    for (const [index, word] of words.entries()) {
      const next = words[index + 1];
      if (!next || text.slice(word.end, next.start) !== ' ') continue;
      if (!carriesMeaning(word.text) || !carriesMeaning(next.text)) continue;
      const key = `${lexicon.stem(word.text)} ${lexicon.stem(next.text)}`;
      const pair = pairs.get(key) ?? { forms: new Map<string, number>(), count: 0 };
      pair.count += 1;
      const form = index === 0 ? termForm(`${word.text} ${next.text}`) : `${word.text} ${next.text}`;
      if (standsAlone(form, lexicon.language)) pair.forms.set(form, (pair.forms.get(form) ?? 0) + 1);
      pairs.set(key, pair);
    }
  }
}

/** Pairs that occur more than once, in a form that can stand alone. */
function repeatedPairs(pairs: ReadonlyMap<string, Pair>): { form: string; count: number }[] {
  return [...pairs.values()].flatMap(({ forms, count }) => {
    const [best] = [...forms].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return count >= 2 && best ? [{ form: best[0], count }] : [];
  });
}

/** By its endings: an adjective and a noun in the nominative, or a noun with a noun in the genitive after it. */
function standsAlone(form: string, language: string): boolean {
  const [first = '', second = ''] = form.split(' ');
  if (language === 'en') return !/(?:ly|ing|ed|[^s]s)$/.test(first) && !/(?:ly|ed|ing|[^s]s)$/.test(second);
  if (language !== 'ru') return true;
  const verb = /(?:ть|ться|ет|ют|ит|ат|ят|ется|ются|ится|атся|ятся|ал|ала|али|ил|ила|или|ем|им|но|на|ны|те)$/u;
  const oblique = /(?:ами|ями|ах|ях|ом|ем|ой|ей|ою|ого|его|ому|ему|ую|юю|ых|их|ым|им|ыми|ими|ам|ям|у|ю|и|ы|е)$/u;
  if (/(?:ый|ий|ая|яя|ое|ее|ые)$/u.test(second)) return false;
  if (verb.test(first) || verb.test(second)) return false;
  if (/(?:ый|ий|ая|яя|ое|ее)$/u.test(first))
    return !/(?:ого|его|ому|ему|ами|ями|ах|ях|ом|ем|ой|ей|у|ю|и|ы)$/u.test(second);
  if (/(?:ые|ие)$/u.test(first)) return /[иыая]$/u.test(second);
  return !oblique.test(first) && /(?:[ыийе]|ов|ев|ия|ей|а|я)$/u.test(second);
}

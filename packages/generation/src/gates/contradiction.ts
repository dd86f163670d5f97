import type { CourseLanguage } from '@megacampus/domain/course';
import { numbersIn, numeralOf } from '../language/numbers.ts';
import { splitSentences } from '../language/sentences.ts';
import { lexiconOf } from '../language/words.ts';
import { shareIn, topicsOf } from './overlap.ts';

/** What a clause says, as far as it can be compared without understanding it. */
interface Clause {
  /** Its words that carry meaning, without numerals. */
  readonly topics: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  /** Proper names and abbreviations, as stems. */
  readonly names: ReadonlySet<string>;
  readonly isNegated: boolean;
  readonly sentence: { readonly numbers: ReadonlySet<number>; readonly names: ReadonlySet<string> };
}

/** Text that others are held against: its clauses. */
export interface Statements {
  readonly clauses: readonly Clause[];
  readonly numbers: ReadonlySet<number>;
}

/** Share of a clause's words from which two clauses speak of one thing. */
const SAME_SUBJECT = 0.6;
/** And from which they differ by hardly a word, so that what else differs is not another matter. */
const SAME_WORDS = 0.9;
/** Fewer words are no statement. */
const LEAST_TOPICS = 2;
/** A negation is weighed where this many words are the same, or all that there are on both sides. */
const LEAST_NEGATED = 3;
/** “Two ways”, “step 3”: a text may count its own parts. */
const LARGEST_COUNT = 3;

const NEGATIONS: Partial<Record<CourseLanguage, RegExp>> = {
  ru: /(?<!\p{L})(?:не|ни|нет|нельзя|никогда|без|запрещ\p{L}*|недопустим\p{L}*|избега\p{L}*)(?!\p{L})/giu,
  en: /\b(?:not|no|never|nor|without|cannot|avoid\w*|forbid\w*|prohibit\w*)\b|n[’']t\b/giu,
};
/** In Russian they only go along with a negation: “никаких болезней не вызывает”. */
const ALONGSIDE =
  /(?<!\p{L})(?:никак\p{L}*|ничего|ничто|никто|никого|нигде|никуда|никогда(?=.*(?<!\p{L})не\s))(?!\p{L})/giu;
/** Negations in form only. */
const NO_NEGATIONS =
  /(?<!\p{L})(?:не\s+(?:только|менее|более|раньше|позже|позднее|меньше|больше)|not\s+only|no\s+(?:more|less|later|fewer|sooner)\s+than)(?!\p{L})/giu;

/** Clauses are split at punctuation, but not within numbers such as 0,5. */
const BETWEEN_CLAUSES = /[,;:](?=\s)|\s[—–-]\s|[()]/u;

export function statementsOf(text: string, language: CourseLanguage): Statements {
  const clauses = splitIntoSentences(text, language).flatMap((sentence) => clausesOf(sentence, language));
  return { clauses, numbers: numbersIn(text, language) };
}

/** Paragraphs, items and cells end a sentence too. */
export function splitIntoSentences(text: string, language: CourseLanguage): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => splitSentences(line, language).map(({ start, end }) => line.slice(start, end)));
}

function clausesOf(sentence: string, language: CourseLanguage): Clause[] {
  const whole = { numbers: numbersIn(sentence, language), names: namesIn(sentence, language) };
  const { words, isStopword } = lexiconOf(language);
  const parts = sentence.replace(ALONGSIDE, ' ').split(BETWEEN_CLAUSES);
  return parts.map((text) => {
    const plain = words(text).filter((word) => !isStopword(word.text) && numeralOf(word.text, language) === null);
    const topics = topicsOf(plain.map((word) => word.text).join(' '), language);
    return {
      topics,
      numbers: whole.numbers.size === 0 || parts.length === 1 ? whole.numbers : numbersIn(text, language),
      names: new Set([...whole.names].filter((name) => topics.has(name))),
      isNegated: countOf(text.replace(NO_NEGATIONS, ' '), NEGATIONS[language]) % 2 === 1,
      sentence: whole,
    };
  });
}

function countOf(text: string, pattern: RegExp | undefined): number {
  return pattern === undefined ? 0 : (text.match(pattern)?.length ?? 0);
}

/** Words with a capital that do not begin the sentence. Only where capitals mean names, which they do not in German. */
function namesIn(sentence: string, language: CourseLanguage): Set<string> {
  if (language !== 'ru' && language !== 'en') return new Set();
  const words = [...sentence.matchAll(/(?<=[\p{L}\p{N},;)»"]\s+[«"(]?)\p{Lu}[\p{L}\p{N}]+/gu)].map(([word]) => word);
  return topicsOf(words.join(' '), language);
}

/**
 * Why a text cannot be right by what others say: a number that they do not name, a number or a name that they give to
 * something else, or a negation of what they state. Null when nothing speaks against it. What is not found here may be wrong
 * all the same: words are compared, not meanings.
 */
export function contradictionIn(text: string, said: Statements, language: CourseLanguage): string | null {
  const sentences = splitIntoSentences(text, language).filter((sentence) => !/\?\s*$/.test(sentence));
  for (const sentence of sentences) {
    if (!hasOnlyNumbersOf(sentence, said, language)) return 'a number is named nowhere';
    for (const clause of clausesOf(sentence, language)) {
      const reason = againstClause(clause, said.clauses);
      if (reason !== null) return reason;
    }
  }
  return null;
}

/** Whether each number of a text, but those that only count its parts, is named there too. */
export function hasOnlyNumbersOf(text: string, said: Statements, language: CourseLanguage): boolean {
  return [...numbersIn(text, language)].every((number) => number <= LARGEST_COUNT || said.numbers.has(number));
}

function againstClause(claim: Clause, said: readonly Clause[]): string | null {
  const nearest = nearestTo(claim.topics, said);
  if (nearest !== null && misses(claim, nearest, 'numbers')) return 'a number is given to something else';
  if (nearest !== null && isTurnedRound(claim, nearest)) return 'the opposite is stated';
  // Who is named may be wrong, so what is said of them has to find the place.
  const unnamed = new Set([...claim.topics].filter((topic) => !claim.names.has(topic)));
  const spokenOf = nearestTo(unnamed, said);
  return spokenOf !== null && misses(claim, spokenOf, 'names') ? 'a name is given to something else' : null;
}

interface Nearest {
  readonly clauses: readonly Clause[];
  /** They have hardly a word less. */
  readonly isSame: boolean;
}

/** The clauses that have most of these words, where that is enough of them to be about the same. */
function nearestTo(topics: ReadonlySet<string>, said: readonly Clause[]): Nearest | null {
  if (topics.size < LEAST_TOPICS) return null;
  const shares = said.map((clause) => ({ clause, share: shareIn(topics, clause.topics) }));
  const best = Math.max(0, ...shares.map(({ share }) => share));
  if (best < SAME_SUBJECT) return null;
  return {
    clauses: shares.filter(({ share }) => share === best).map(({ clause }) => clause),
    isSame: best >= SAME_WORDS,
  };
}

function isTurnedRound({ topics, isNegated }: Clause, { clauses, isSame }: Nearest): boolean {
  return (
    isSame &&
    clauses.every(
      (clause) =>
        clause.isNegated !== isNegated && (topics.size >= LEAST_NEGATED || shareIn(clause.topics, topics) === 1),
    )
  );
}

/** Whether the nearest clauses all have other numbers (or names), also in the rest of their sentences unless they are the same words. */
function misses(claim: Clause, { clauses, isSame }: Nearest, what: 'numbers' | 'names'): boolean {
  const claimed: readonly unknown[] = [...claim[what]];
  if (claimed.length === 0) return false;
  return clauses.every((clause) => {
    const own: ReadonlySet<unknown> = clause[what];
    const around: ReadonlySet<unknown> = clause.sentence[what];
    return own.size > 0 && claimed.some((one) => !own.has(one) && (isSame || !around.has(one)));
  });
}

/** Whether each statement of a text is made there too: the same words, numbers, and no negation more or less. */
export function isStated(text: string, said: Statements, language: CourseLanguage): boolean {
  const claims = splitIntoSentences(text, language)
    .flatMap((sentence) => clausesOf(sentence, language))
    .filter(({ topics }) => topics.size > 0);
  return claims.every((claim) =>
    said.clauses.some(
      (clause) =>
        shareIn(claim.topics, clause.topics) === 1 &&
        claim.isNegated === clause.isNegated &&
        [...claim.numbers].every((number) => clause.numbers.has(number)),
    ),
  );
}

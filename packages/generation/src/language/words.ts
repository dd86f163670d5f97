import type { CourseLanguage } from '@megacampus/domain/course';
import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemFrench } from '@orama/stemmers/french';
import { stemmer as stemGerman } from '@orama/stemmers/german';
import { stemmer as stemItalian } from '@orama/stemmers/italian';
import { stemmer as stemPortuguese } from '@orama/stemmers/portuguese';
import { stemmer as stemRussian } from '@orama/stemmers/russian';
import { stemmer as stemSpanish } from '@orama/stemmers/spanish';
import { stemmer as stemTurkish } from '@orama/stemmers/turkish';
import { stopwords as englishStopwords } from '@orama/stopwords/english';
import { stopwords as frenchStopwords } from '@orama/stopwords/french';
import { stopwords as germanStopwords } from '@orama/stopwords/german';
import { stopwords as italianStopwords } from '@orama/stopwords/italian';
import { stopwords as portugueseStopwords } from '@orama/stopwords/portuguese';
import { stopwords as russianStopwords } from '@orama/stopwords/russian';
import { stopwords as spanishStopwords } from '@orama/stopwords/spanish';
import { stopwords as turkishStopwords } from '@orama/stopwords/turkish';

interface LanguageData {
  readonly stem: (word: string) => string;
  readonly stopwords: readonly string[];
}

const LANGUAGES: Partial<Record<CourseLanguage, LanguageData>> = {
  de: { stem: stemGerman, stopwords: germanStopwords },
  en: { stem: stemEnglish, stopwords: englishStopwords },
  es: { stem: stemSpanish, stopwords: spanishStopwords },
  fr: { stem: stemFrench, stopwords: frenchStopwords },
  it: { stem: stemItalian, stopwords: italianStopwords },
  pt: { stem: stemPortuguese, stopwords: portugueseStopwords },
  ru: { stem: stemRussian, stopwords: russianStopwords },
  tr: { stem: stemTurkish, stopwords: turkishStopwords },
};

/** Words that carry no topic in teaching texts, which the general lists lack. */
const MORE_STOPWORDS: Partial<Record<CourseLanguage, string>> = {
  ru: `это этот эта эти этого этому этой этим этих такой такая такие таких также тоже который которая которое которые
    которого которому которой которых которым быть был была было были есть является являются называется называют
    например может могут можно нужно нужна нужны нужен надо следует должен должна должны обычно часто чаще иногда
    всегда никогда очень более менее самый самая самое самые весь вся всё все всех каждый каждая каждое каждые каждой
    каждого другой другая другие других другом один одна одно одни одного одной два две три первый первая вторая
    сначала затем потом поэтому потому если либо лишь только даже ещё уже между через после перед около кроме свой
    своя свои своих своего сам сама сами самой друг друга что-то кто-то некоторые несколько много мало часть`,
  en: `also may might must shall can cannot could would should one two three first second use used uses using called
    known make makes made many much several often usually always never every each other another thing things way ways
    example examples need needs needed give gives given get take takes keep keeps kept say says said without within
    however therefore thus hence either neither whether since upon per via etc well new like let us whose`,
};

/** Words of one language: splits, stems and tells which carry meaning. */
export interface Lexicon {
  readonly language: CourseLanguage;
  /** Words with their places, in order. */
  words(text: string): Word[];
  /** How many words a text has. */
  count(text: string): number;
  /** The stem of a word in any case; in a language without a stemmer the word in lower case. */
  stem(word: string): string;
  isStopword(word: string): boolean;
  /** Stems of the words that carry meaning, in order, with repeats. */
  topicStems(text: string): string[];
}

export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Languages written without spaces between words. */
const UNSPACED: readonly CourseLanguage[] = ['zh', 'ja', 'th'];

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[-’'][\p{L}\p{M}\p{N}]+)*/gu;

/** Stems once found are kept up to this many words; a language's running text seldom has more. */
const CACHE_SIZE = 50_000;

const lexicons = new Map<CourseLanguage, Lexicon>();

/** The lexicon of a language; made once. */
export function lexiconOf(language: CourseLanguage): Lexicon {
  const known = lexicons.get(language);
  if (known) return known;
  const made = createLexicon(language);
  lexicons.set(language, made);
  return made;
}

function createLexicon(language: CourseLanguage): Lexicon {
  const data = LANGUAGES[language];
  const stopwords = new Set([...(data?.stopwords ?? []), ...(MORE_STOPWORDS[language]?.split(/\s+/) ?? [])]);
  const segmenter = UNSPACED.includes(language) ? new Intl.Segmenter(language, { granularity: 'word' }) : null;
  const cache = new Map<string, string>();

  function words(text: string): Word[] {
    if (segmenter === null) {
      return [...text.matchAll(WORD)].map((match) => wordAt(match[0], match.index));
    }
    const found: Word[] = [];
    for (const { segment, index, isWordLike } of segmenter.segment(text)) {
      if (isWordLike) found.push(wordAt(segment, index));
    }
    return found;
  }

  function stem(word: string): string {
    const lower = word.toLowerCase();
    const known = cache.get(lower);
    if (known !== undefined) return known;
    if (cache.size >= CACHE_SIZE) cache.clear();
    const folded = lower.replaceAll('ё', 'е');
    const stemmed = data?.stem(folded) || folded;
    cache.set(lower, stemmed);
    return stemmed;
  }

  const isStopword = (word: string) => stopwords.has(word.toLowerCase());
  return {
    language,
    words,
    count: (text) => words(text).length,
    stem,
    isStopword,
    topicStems: (text) =>
      words(text)
        .filter((word) => word.text.length > 1 && !isStopword(word.text) && /\p{L}/u.test(word.text))
        .map((word) => stem(word.text)),
  };
}

function wordAt(text: string, start: number): Word {
  return { text, start, end: start + text.length };
}

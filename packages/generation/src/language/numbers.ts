import type { CourseLanguage } from '@megacampus/domain/course';

/** Numerals as words, by their beginnings; those that are other words too in one of their forms are whole. */
const WORDS: Partial<Record<CourseLanguage, readonly (readonly [RegExp, number])[]>> = {
  ru: [
    [/^(один|одна|одно|одного|одной|одну|одному|одним)$/, 1],
    [/^(два|две|двух|двум|двумя)$/, 2],
    [/^(три|трех|трем|тремя)$/, 3],
    [/^четыр(е|ех|ем|ьмя)$/, 4],
    [/^пят(ь|и|ью)$/, 5],
    [/^шест(ь|и|ью)$/, 6],
    [/^сем(ь|и)$/, 7],
    [/^(восемь|восьми|восемью|восьмью)$/, 8],
    [/^девят(ь|и|ью)$/, 9],
    [/^десят(ь|и|ью)$/, 10],
    [/^одиннадцат(ь|и|ью)$/, 11],
    [/^двенадцат(ь|и|ью)$/, 12],
    [/^тринадцат(ь|и|ью)$/, 13],
    [/^четырнадцат(ь|и|ью)$/, 14],
    [/^пятнадцат(ь|и|ью)$/, 15],
    [/^шестнадцат(ь|и|ью)$/, 16],
    [/^семнадцат(ь|и|ью)$/, 17],
    [/^восемнадцат(ь|и|ью)$/, 18],
    [/^девятнадцат(ь|и|ью)$/, 19],
    [/^двадцат(ь|и|ью)$/, 20],
    [/^тридцат(ь|и|ью)$/, 30],
    [/^сорока?$/, 40],
    [/^(пятьдесят|пятидесяти)$/, 50],
    [/^(шестьдесят|шестидесяти)$/, 60],
    [/^(семьдесят|семидесяти)$/, 70],
    [/^(восемьдесят|восьмидесяти)$/, 80],
    [/^девяност[оа]$/, 90],
    [/^(сто|ста)$/, 100],
    [/^тысяч[аиуе]?$/, 1000],
  ],
  en: [
    [/^one$/, 1],
    [/^two$/, 2],
    [/^three$/, 3],
    [/^four$/, 4],
    [/^five$/, 5],
    [/^six$/, 6],
    [/^seven$/, 7],
    [/^eight$/, 8],
    [/^nine$/, 9],
    [/^ten$/, 10],
    [/^eleven$/, 11],
    [/^twelve$/, 12],
    [/^thirteen$/, 13],
    [/^fourteen$/, 14],
    [/^fifteen$/, 15],
    [/^sixteen$/, 16],
    [/^seventeen$/, 17],
    [/^eighteen$/, 18],
    [/^nineteen$/, 19],
    [/^twenty$/, 20],
    [/^thirty$/, 30],
    [/^forty$/, 40],
    [/^fifty$/, 50],
    [/^sixty$/, 60],
    [/^seventy$/, 70],
    [/^eighty$/, 80],
    [/^ninety$/, 90],
    [/^hundred$/, 100],
    [/^thousand$/, 1000],
  ],
};

/** With groups of three digits, a decimal, or a word. */
const TOKEN = /\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|\p{L}+/gu;

/** Words once looked up are kept up to this many, as in words.ts. */
const CACHE_SIZE = 50_000;
const caches = new Map<CourseLanguage, Map<string, number | null>>();

/** The value of a word that is a numeral, in the languages we know them in; else null. */
export function numeralOf(word: string, language: CourseLanguage): number | null {
  const patterns = WORDS[language];
  if (patterns === undefined) return null;
  const cache = caches.get(language) ?? new Map<string, number | null>();
  caches.set(language, cache);
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const folded = word.toLowerCase().replaceAll('ё', 'е');
  const value = patterns.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
  cache.set(word, value);
  return value;
}

/** The numbers a text names, in digits or, in Russian and English, in words. */
export function numbersIn(text: string, language: CourseLanguage): Set<number> {
  const found = new Set<number>();
  let tens: number | null = null;
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^\d/.test(token)) {
      found.add(readNumber(token));
      tens = null;
      continue;
    }
    const value = numeralOf(token, language);
    // “Twenty-five” is one number.
    if (value !== null && tens !== null && value < 10) {
      found.delete(tens);
      found.add(tens + value);
    } else if (value !== null) found.add(value);
    tens = value !== null && value >= 20 && value < 100 ? value : null;
  }
  return found;
}

/** “1,500” is read as 1500, “0,125” and “1.5” as decimals. */
function readNumber(token: string): number {
  const isGrouped = /^[1-9]\d{0,2}(?:[.,\u00a0\u202f ]\d{3})+$/.test(token);
  return Number(isGrouped ? token.replace(/\D/g, '') : token.replace(',', '.'));
}

export interface Term {
  readonly term: string;
  readonly definition: string;
}

export interface Letter {
  /** A capital letter; `#` for what begins with none. */
  readonly letter: string;
  readonly terms: readonly Term[];
}

/** The terms by their first letters, in the order of the language. */
export function groupTerms(terms: readonly Term[], language: string): Letter[] {
  const { compare } = new Intl.Collator(language);
  const sorted = terms.toSorted((a, b) => compare(a.term, b.term));
  const groups = Map.groupBy(sorted, ({ term }) => firstLetter(term, language));
  return [...groups].map(([letter, terms]) => ({ letter, terms })).toSorted((a, b) => compare(a.letter, b.letter));
}

function firstLetter(term: string, language: string): string {
  const [first = ''] = term.trim().normalize('NFC');
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase(language) : '#';
}

/** The terms in which all the words stand, in the term or in its explanation, whatever their case. */
export function searchTerms(terms: readonly Term[], query: string, language: string): readonly Term[] {
  const words = plain(query, language).split(/\s+/).filter(Boolean);
  return terms.filter(({ term, definition }) => {
    const text = plain(`${term} ${definition}`, language);
    return words.every((word) => text.includes(word));
  });
}

/** Without accents: a reader types the plain letter. */
function plain(text: string, language: string): string {
  return text.toLocaleLowerCase(language).normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

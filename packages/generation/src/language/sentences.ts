/** A range [start, end) of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}

// Abbreviations that end in a full stop but seldom end a sentence. ICU breaks after all of them.
const ABBREVIATION =
  /(?:^|[\s(«“"'])(?:(?:т|г|гг|в|вв|н|и|о|с|стр|рис|табл|гл|разд|п|пп|ст|ч|см|ср|напр|др|пр|им|ул|д|кв|обл|проф|акад|доц|инж|тыс|млн|млрд|руб|коп|мин|сек|англ|лат|греч|св|эл|утв|изд|ред)\.\s?)*(?:т|гг|стр|рис|табл|гл|разд|п|пп|ст|ч|см|ср|напр|им|ул|д|кв|обл|проф|акад|доц|инж|тыс|млн|млрд|англ|лат|греч|св|утв|изд|ред|[А-ЯЁ]|Fig|fig|No|no|vs|cf|e\.g|i\.e|Mr|Mrs|Ms|Dr|Prof|St|Ch|ch|Sec|sec|vol|Vol|pp|approx|Eq|eq|[A-Z])\.\s*$/u;

/** Longest run of abbreviations, in characters, that is looked at before a break. */
const LONGEST_ABBREVIATION = 40;

const STARTS_LOWER = /^[\s«“"'(*_`]*\p{Ll}/u;

/**
 * Sentences of a text of one paragraph, in order, without the white space around them; only white space lies between
 * them. Abbreviations and initials do not end a sentence.
 */
export function splitSentences(text: string, language: string): Range[] {
  const found: Range[] = [];
  let from = 0;
  const close = (to: number) => {
    const piece = text.slice(from, to);
    const trimmed = piece.trim();
    if (trimmed !== '') {
      const start = from + piece.indexOf(trimmed);
      found.push({ start, end: start + trimmed.length });
    }
    from = to;
  };
  for (const { index, segment } of segmenterFor(language).segment(text)) {
    const to = index + segment.length;
    const next = text.slice(to, to + 12);
    const soFar = text.slice(Math.max(from, to - LONGEST_ABBREVIATION), to);
    const goesOn = next !== '' && (ABBREVIATION.test(soFar) || (STARTS_LOWER.test(next) && !/[!?…]\s*$/.test(soFar)));
    if (!goesOn) close(to);
  }
  close(text.length);
  return found;
}

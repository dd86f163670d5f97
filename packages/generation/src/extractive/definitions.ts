import type { Lexicon } from '../language/words.ts';
import type { PassageBlock, Sentence } from './passage-blocks.ts';

/** A term and what a source says it is; `body` is the sentence without the term and the words “is”, “это”. */
export interface Definition {
  readonly term: string;
  readonly body: string;
  /** The words between term and body, as in the source: “ — это ”, “ is ”. */
  readonly link: string;
  /** The article that stood before the term, with its space; empty in languages without one. */
  readonly article: string;
  readonly sentence: Sentence;
}

/** Longest term, in words. */
const TERM_WORDS = 4;
/** Shortest explanation, in words, that tells what a thing is. */
const BODY_WORDS = 4;

const RUSSIAN = /^()([А-ЯЁA-Z][^.,:;!?()—–]*?)(\s+[—–-]\s+это\s+|(?<=[A-ZА-ЯЁ]{2})\s+это\s+(?=[а-яё]))([^?!]+)$/u;
const ENGLISH =
  /^(An? |)([A-Z0-9a-z][\w’'/-]*(?: [\w’'/-]+){0,3})( (?:is|are) )((?:an? |any |the (?:process|set|ability|number|study|art|use|practice|sum|part|study|act|way|collection|amount|measure|result|smallest|largest) )[^?!]+)$/;
const ENGLISH_PRONOUN =
  /^(?:it|this|that|these|those|there|he|she|they|we|you|here|what|which|who|one|such|the|its|their|his|her|our|another|each|every|some|any|all|both|so|to)\b/i;
const RUSSIAN_PRONOUN =
  /^(?:это|этот|эта|эти|он|она|оно|они|всё|все|такой|такая|такое|такие|тот|то|что|кто|здесь|там|сам|если|когда|как|главное|важно|его|её|их|наш|ваш|другой|каждый|любой|один|одна|одно|друг(?:ая|ое|ие)|перв(?:ый|ая|ое)|втор(?:ой|ая|ое)|последн(?:ий|яя|ее)|лучш(?:ий|ая|ее))(?:\s|$)/iu;
const ENGLISH_INNER =
  /^\w+ing \b|\b(?:since|among|while|although|because|in|of|at|for|with|on|to|that|which|and|or|but|from|by|as|is|are|was|will|if|when|not)\b/i;

/** Says what its author thinks of a thing, not what it is. */
const PRAISE =
  /^an? (?:(?:very|rather|slightly|relatively|particularly) )?(?:important|integral|essential|great|good|vast|difficult|serious|bit|prerequisite|simple matter|complex operation)\b|^(?:очень )?(?:важн|хорош|сложн|больш)\p{L}+ |→|https?:/iu;

/** The definition a sentence gives (“X is a …”, “X — это …”), or null. */
export function definitionOf(sentence: Sentence, lexicon: Lexicon): Definition | null {
  const pattern = lexicon.language === 'ru' ? RUSSIAN : lexicon.language === 'en' ? ENGLISH : null;
  const [, article = '', term = '', link = '', rest = ''] = pattern?.exec(sentence.text) ?? [];
  const body = rest.trim().replace(/[.;]$/, '');
  if (term === '' || term.trim().length < 2 || !isTerm(term.trim(), lexicon)) return null;
  if (lexicon.count(body) < BODY_WORDS || body.length > 320 || PRAISE.test(body)) return null;
  return { term: termForm(term.trim()), body, link, article, sentence };
}

function isTerm(term: string, lexicon: Lexicon): boolean {
  const words = lexicon.count(term);
  if (words < 1 || words > TERM_WORDS || lexicon.topicStems(term).length === 0) return false;
  if (lexicon.language === 'ru')
    return !RUSSIAN_PRONOUN.test(term) && !/(?:^|\s)(?:не|в|на|для|с|и|по)\s/iu.test(`${term} `);
  return !ENGLISH_PRONOUN.test(term) && !ENGLISH_INNER.test(term);
}

/** A term as it stands in a glossary: in lower case unless it is a name or an abbreviation. */
export function termForm(term: string): string {
  const [first = ''] = term.split(/\s/);
  const keepsCase = /^.\p{Ll}*[\p{Lu}\p{N}]/u.test(first) || first.length === 1;
  return keepsCase ? term : term.charAt(0).toLowerCase() + term.slice(1);
}

/** All definitions in some blocks, the first of each term. */
export function definitionsIn(blocks: readonly PassageBlock[], lexicon: Lexicon): Definition[] {
  const found = new Map<string, Definition>();
  for (const block of blocks) {
    if (block.kind !== 'paragraph' && block.kind !== 'quote') continue;
    for (const sentence of block.sentences) {
      const definition = definitionOf(sentence, lexicon);
      if (definition === null) continue;
      const key = lexicon.topicStems(definition.term).join(' ');
      if (!found.has(key)) found.set(key, definition);
    }
  }
  const definitions = [...found.values()];
  const isName = definitions.length > 0 ? nameJudge(blocks) : () => false;
  return definitions.map((definition) => {
    const { term } = definition;
    return isName(term.split(/\s/)[0] ?? '')
      ? { ...definition, term: term.charAt(0).toUpperCase() + term.slice(1) }
      : definition;
  });
}

/** Whether a word is a name: inside of sentences it always has a capital. */
function nameJudge(blocks: readonly PassageBlock[]): (word: string) => boolean {
  const lower = new Set<string>();
  const upper = new Set<string>();
  for (const { text } of blocks.flatMap(({ sentences }) => sentences)) {
    for (const [word] of text.slice(1).matchAll(/(?<=[\p{L},)] )\p{L}[\p{L}\p{N}]*/gu)) {
      if (/^\p{Lu}/u.test(word)) upper.add(word.toLowerCase());
      else lower.add(word);
    }
  }
  return (word) => upper.has(word.toLowerCase()) && !lower.has(word.toLowerCase());
}

/** An item of a list that names a thing and describes it: “durability: the result survives a power failure”. */
export interface DescribedItem {
  readonly name: string;
  readonly description: string;
  readonly sentence: Sentence;
}

/** The items of a list, when all of them have a name and a description. */
export function describedItems(block: PassageBlock, lexicon: Lexicon): DescribedItem[] {
  if (block.kind !== 'list') return [];
  const items = block.sentences.flatMap((sentence) => {
    const match = /^([^:—–.;]{2,40}?)(?::| [—–-]) (.{12,200}?)[.;]?$/u.exec(sentence.text);
    const [, name = '', description = ''] = match ?? [];
    return match && lexicon.count(name) <= 4 && lexicon.count(description) >= 3
      ? [{ name: name.trim(), description, sentence }]
      : [];
  });
  return items.length === block.sentences.length && items.length >= 3 ? items : [];
}

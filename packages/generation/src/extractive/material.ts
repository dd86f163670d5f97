import type { Brief, CourseLanguage } from '@megacampus/domain/course';
import type { Passage } from '../engine.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { type Lexicon, lexiconOf } from '../language/words.ts';
import type { Breathe } from './breather.ts';
import { cosine, frequenciesOf } from './centrality.ts';
import { type PassageBlock, readPassage } from './passage-blocks.ts';

/** A passage read for the engine. */
export interface Unit {
  readonly passage: Passage;
  readonly blocks: readonly PassageBlock[];
  /** Headings above it, without the ones that its whole document shares and without their numbers. */
  readonly path: readonly string[];
  /** The document's own title; without one the course's title or, among several documents, the file name without its ending. */
  readonly documentTitle: string;
  readonly words: number;
}

/** Everything the documents of a course offer. */
export interface Material {
  readonly units: readonly Unit[];
  readonly lexicon: Lexicon;
  readonly words: number;
  /** Passages left out because others say nearly the same. */
  readonly repeated: number;
}

/** Tables of contents and the like teach nothing. */
const APPARATUS =
  /^(?:содержание|оглавление|об авторах?|благодарности|выходные данные|предметный указатель|contents|table of contents|about the authors?|acknowledge?ments|copyright|index)$/iu;
const REFERENCES =
  /^(?:список (?:использованных? )?(?:литературы|источников)|список использованной литературы|литература|источники|библиография|references|bibliography|works cited|further reading)$/iu;

/** Styles that keep the list of references. */
const KEEPS_REFERENCES: readonly Brief['style'][] = ['academic', 'research', 'analytical'];

/** Reads passages in the order of their documents and places; leaves out apparatus and repetitions. */
export async function readMaterial(passages: readonly Passage[], brief: Brief, breathe: Breathe): Promise<Material> {
  const ordered = inReadingOrder(passages);
  const lexicon = lexiconOf(languageOf(ordered, brief));
  const roots = rootsOf(ordered);
  const units: Unit[] = [];
  for (const passage of ordered) {
    await breathe();
    if (isApparatus(passage, brief)) continue;
    const root = roots.get(passage.documentId) ?? [];
    const blocks = readPassage(passage, lexicon);
    const words = blocks.reduce((sum, block) => sum + (block.kind === 'heading' ? 0 : block.words), 0);
    if (words === 0) continue;
    const path = passage.headingPath.slice(root.length).map(headingText);
    const title = root.at(-1);
    const named = roots.size === 1 ? brief.title : fileTitle(passage.documentName);
    const documentTitle = title === undefined ? named : headingText(title);
    units.push({ passage, blocks, path, documentTitle, words });
  }
  const fresh = await withoutRepetitions(units, breathe);
  return {
    units: fresh,
    lexicon,
    words: fresh.reduce((sum, { words }) => sum + words, 0),
    repeated: units.length - fresh.length,
  };
}

/** “lecture_03.final.pdf”: without its ending, words apart. */
function fileTitle(name: string): string {
  const title = name
    .replace(/\.[\p{L}\p{N}]{1,8}$/u, '')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return title === '' ? name : title;
}

/** The language most of the text is in; the brief's where that can't be told. */
export function languageOf(passages: readonly Passage[], brief: Brief): CourseLanguage {
  const step = Math.max(1, Math.floor(passages.length / 20));
  const sample = passages.filter((_, index) => index % step === 0).map(({ text }) => text.slice(0, 600));
  return detectLanguage(sample.join('\n')) ?? brief.language;
}

function inReadingOrder(passages: readonly Passage[]): Passage[] {
  const documents = new Map<string, number>();
  for (const { documentId } of passages) {
    if (!documents.has(documentId)) documents.set(documentId, documents.size);
  }
  const place = (passage: Passage) => documents.get(passage.documentId) ?? 0;
  return [...passages].sort((a, b) => place(a) - place(b) || a.position - b.position);
}

/** The headings that all passages of a document share, its title as a rule. */
function rootsOf(passages: readonly Passage[]): Map<string, string[]> {
  const roots = new Map<string, string[]>();
  for (const { documentId, headingPath } of passages) {
    const root = roots.get(documentId);
    if (!root) roots.set(documentId, [...headingPath]);
    else {
      const differs = root.findIndex((heading, index) => heading !== headingPath[index]);
      if (differs >= 0) root.splice(differs);
    }
  }
  return roots;
}

function isApparatus(passage: Passage, brief: Brief): boolean {
  const headings = passage.headingPath.map(headingText);
  if (headings.some((heading) => APPARATUS.test(heading))) return true;
  return headings.some((heading) => REFERENCES.test(heading)) && !KEEPS_REFERENCES.includes(brief.style);
}

/** A heading without its number: “1.2. Keys”, “Глава 3. Ключи”. A heading that is only a number stays. */
export function headingText(heading: string): string {
  const bare = heading
    .replace(
      /^(?:(?:глава|раздел|часть|тема|лекция|урок|модуль|chapter|part|section|unit|lesson|module)\s+[\dIVXLC]+|(?:приложение|appendix)\s+[\p{Lu}\d]|§\s*\d+|\d{1,3}(?:\.\d{1,3})*|[A-ZА-Я](?:\.\d{1,3})+|[IVXLC]{1,6}(?=[.)]))[.):]?\s*[—–-]?\s+/iu,
      '',
    )
    .replace(/[\s:.]+$/, '')
    .trim();
  const text = /\p{L}{2}/u.test(bare) ? bare : heading.trim();
  return text.length <= 140 ? text : `${text.slice(0, 139).replace(/\s+\S*$/, '')}…`;
}

/** A passage this alike to an earlier one (cosine of stem counts) says nothing new. */
const REPETITION = 0.92;
/** Passages with fewer stems are never taken for repetitions: a short formula or a heading may well recur. */
const REPETITION_MIN_STEMS = 12;

async function withoutRepetitions(units: readonly Unit[], breathe: Breathe): Promise<Unit[]> {
  const kept: Unit[] = [];
  const seen: { bag: Map<string, number>; words: number }[] = [];
  for (const unit of units) {
    await breathe();
    const bag = frequenciesOf(unit.blocks.flatMap(({ sentences }) => sentences.flatMap(({ stems }) => stems)));
    const repeats =
      bag.size >= REPETITION_MIN_STEMS &&
      seen.some(
        (other) =>
          other.words < unit.words * 1.5 && unit.words < other.words * 1.5 && cosine(bag, other.bag) > REPETITION,
      );
    if (repeats) continue;
    kept.push(unit);
    seen.push({ bag, words: unit.words });
  }
  return kept;
}

import type { Brief } from '@megacampus/domain/course';
import type { Citation, LessonContent, Outline, Passage } from '../engine.ts';
import { type Lexicon, lexiconOf } from '../language/words.ts';
import { clip } from './analyze.ts';
import type { Breathe } from './breather.ts';
import { cosine, frequenciesOf, keyStatements, leansOnPrevious } from './centrality.ts';
import { condense, wordsIn } from './condense.ts';
import { definitionsIn } from './definitions.ts';
import { coveringEach, essentialSentences } from './essential.ts';
import { headingText, languageOf } from './material.ts';
import { type PassageBlock, readPassage, type Sentence } from './passage-blocks.ts';
import { makeQuiz } from './quiz/make-quiz.ts';
import { lessonWords } from './reading-speed.ts';
import { textsFor } from './texts.ts';

interface LessonMaterial {
  readonly brief: Brief;
  readonly outline: Outline;
  /** Title of the lesson's section. */
  readonly section: string;
  readonly lesson: Outline['sections'][number]['lessons'][number];
  /** Passages of this lesson, in reading order. */
  readonly own: readonly Passage[];
  /** Other passages of the course, if any were given: wrong answers are taken from them too. */
  readonly others: readonly Passage[];
  readonly instruction: string | undefined;
}

/** Key points of one lesson, at most. */
const MOST_KEY_POINTS = 5;

/** A lesson of the source's own paragraphs, each marked with the passage it comes from, and a quiz on them. */
export async function writeLesson(material: LessonMaterial, breathe: Breathe): Promise<LessonContent> {
  const { brief, lesson, own, others, outline } = material;
  const texts = textsFor(brief.language);
  const lexicon = lexiconOf(languageOf(own, brief));
  const target = lessonWords(brief, lexicon.language);
  const offered = await chooseBlocks(
    own,
    { most: target * MOST_MATERIAL, objectives: lesson.objectives },
    lexicon,
    breathe,
  );
  const essential = essentialSentences(offered.blocks, lesson.objectives, lexicon);
  const body = condense(offered.blocks, brief, { target, language: lexicon.language, essential });
  const keptShare = body.keptShare * offered.share;
  await breathe();
  const { markdown, citations } = render(body.blocks, titlesAround(material), material, lexicon);
  const statements = body.blocks.filter(({ kind }) => kind === 'paragraph').flatMap(({ sentences }) => sentences);
  await breathe();
  const context = await readAll(others.slice(0, 40), lexicon, breathe);
  await breathe();
  const quiz = await makeQuiz(
    { blocks: body.blocks, context, brief, lexicon, terms: termsOf(outline), seed: lesson.title },
    breathe,
  );
  const notices = [
    ...(material.instruction ? [texts.instructionIgnored] : []),
    ...(keptShare < 0.9 ? [texts.shortened(Math.max(1, Math.round(keptShare * 100)))] : []),
  ];
  await breathe();
  return {
    markdown,
    keyPoints: keyPointsOf(statements, body.blocks, lexicon),
    quiz,
    citations,
    notice: notices.length > 0 ? notices.join(' ') : null,
  };
}

/** Material for one lesson, in multiples of its length, before the less central passages are passed over. */
const MOST_MATERIAL = 2.2;

/** Blocks of the passages; of far too many, those that the objectives need and those most like the whole, in their order. */
async function chooseBlocks(
  own: readonly Passage[],
  { most, objectives }: { readonly most: number; readonly objectives: readonly string[] },
  lexicon: Lexicon,
  breathe: Breathe,
) {
  const whole = new Map<string, number>();
  const candidates: { blocks: PassageBlock[]; bag: Map<string, number>; words: number }[] = [];
  for (const passage of own) {
    await breathe();
    const blocks = readPassage(passage, lexicon);
    const bag = frequenciesOf(blocks.flatMap(({ sentences }) => sentences.flatMap(({ stems }) => stems)));
    for (const [stem, count] of bag) whole.set(stem, (whole.get(stem) ?? 0) + count);
    candidates.push({ blocks, bag, words: wordsIn(blocks) });
  }
  const total = candidates.reduce((sum, { words }) => sum + words, 0);
  if (total <= most) return { blocks: candidates.flatMap(({ blocks }) => blocks), share: 1 };
  await breathe();
  const ranked: { candidate: (typeof candidates)[number]; score: number }[] = [];
  for (const candidate of candidates) {
    await breathe();
    ranked.push({ candidate, score: cosine(candidate.bag, whole) });
  }
  const needed = coveringEach(ranked, ({ candidate }) => candidate.bag.keys(), objectives, lexicon);
  for (const each of needed) each.score += 1;
  ranked.sort((a, b) => b.score - a.score);
  const chosen = new Set<unknown>();
  let words = 0;
  for (const { candidate } of ranked) {
    if (chosen.size > 0 && words + candidate.words > most) continue;
    chosen.add(candidate);
    words += candidate.words;
  }
  const kept = candidates.filter((candidate) => chosen.has(candidate));
  return { blocks: kept.flatMap(({ blocks }) => blocks), share: words / total };
}

async function readAll(passages: readonly Passage[], lexicon: Lexicon, breathe: Breathe): Promise<PassageBlock[]> {
  const blocks: PassageBlock[] = [];
  for (const passage of passages) {
    await breathe();
    blocks.push(...readPassage(passage, lexicon));
  }
  return blocks;
}

function termsOf(outline: Outline): string[] {
  return [...new Set(outline.sections.flatMap(({ lessons }) => lessons.flatMap(({ keyTopics }) => keyTopics)))];
}

function keyPointsOf(
  statements: readonly Sentence[],
  blocks: readonly PassageBlock[],
  { language }: Lexicon,
): string[] {
  const points = keyStatements(statements, language, MOST_KEY_POINTS).map(({ text }) => clip(text, 600));
  if (points.length > 0) return points;
  const items = blocks.filter(({ kind }) => kind === 'list').flatMap(({ sentences }) => sentences);
  return items.slice(0, MOST_KEY_POINTS).map(({ text }) => clip(text.replace(/;$/, ''), 600));
}

/** Titles in lower case that the reader sees anyway. */
interface Titles {
  readonly lesson: string;
  /** Of the section and of the documents. */
  readonly around: readonly string[];
}

function titlesAround({ section, lesson, own }: LessonMaterial): Titles {
  const [first, ...rest] = own.map(({ headingPath }) => headingPath);
  const shared =
    first?.filter((heading, index) => rest.length > 0 && rest.every((path) => path[index] === heading)) ?? [];
  const around = [section, ...shared.map(headingText)].map((title) => title.toLowerCase());
  const title = lesson.title.toLowerCase();
  return { lesson: title, around: around.filter((other) => other !== title) };
}

interface Rendered {
  readonly markdown: string;
  readonly citations: Citation[];
}

/** Puts the blocks together under headings of the lesson's own levels and marks each with its citation. */
function render(
  blocks: readonly PassageBlock[],
  titles: Titles,
  { brief, own }: LessonMaterial,
  lexicon: Lexicon,
): Rendered {
  const shown = withoutIdleHeadings(blocks, titles);
  const top = Math.min(...shown.flatMap(({ kind, level }) => (kind === 'heading' ? level : [])), 6);
  const terms = brief.style === 'socratic' ? definitionsIn(blocks, lexicon).map(({ term }) => term.toLowerCase()) : [];
  const citations: Citation[] = [];
  const cite = (block: PassageBlock) => {
    const quote = bestQuote(block, lexicon.language);
    citations.push({ passageId: block.passageId, quote });
    return `[^${citations.length}]`;
  };
  const { source } = textsFor(brief.language);
  const sourceOf = ({ passageId }: PassageBlock) => {
    const passage = own.find(({ id }) => id === passageId);
    const place = headingText(passage?.headingPath.at(-1) ?? passage?.documentName ?? '');
    return place === '' ? source : `${source}: ${escapeHeading(place)}`;
  };
  const parts = shown.flatMap((block, index) => {
    if (isLabel(block))
      return labels(block, shown[index + 1]) ? `**${escapeHeading(block.sentences[0]?.text ?? '')}**` : [];
    if (block.kind === 'heading') {
      const level = Math.min(6, 2 + block.level - top);
      return `${'#'.repeat(level)} ${escapeHeading(asked(headingText(block.markdown), terms, brief))}`;
    }
    if (isIntroduced(block, shown[index - 1])) return block.markdown;
    return marked(block, cite(block), sourceOf(block));
  });
  return { markdown: parts.join('\n\n'), citations };
}

/**
 * Leaves out headings without text under them, and those that only repeat the lesson's, the section's or the document's
 * title; the lesson's title stays where other text comes before it.
 */
function withoutIdleHeadings(blocks: readonly PassageBlock[], titles: Titles): PassageBlock[] {
  const kept: PassageBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'heading') {
      kept.push(block);
      continue;
    }
    const text = headingText(block.markdown).toLowerCase();
    const next = blocks[index + 1];
    const isIdle = next === undefined || (next.kind === 'heading' && next.level <= block.level);
    const repeats =
      titles.around.includes(text) || (text === titles.lesson && kept.every(({ kind }) => kind === 'heading'));
    if (!isIdle && !repeats) kept.push(block);
  }
  return kept;
}

/** The socratic style asks where the source states. */
function asked(heading: string, terms: readonly string[], brief: Brief): string {
  if (brief.style !== 'socratic' || heading.endsWith('?')) return heading;
  const texts = textsFor(brief.language);
  return terms.includes(heading.toLowerCase())
    ? texts.socraticTerm(heading.toLowerCase())
    : texts.socraticHeading(heading);
}

function escapeHeading(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, '\\$&');
}

/** A line of few words without a full stop, as books set over a note: “TIP Incremental updates”. */
function isLabel({ kind, sentences, words }: PassageBlock): boolean {
  const [only, ...more] = sentences;
  return (
    kind === 'paragraph' &&
    words <= LABEL_WORDS &&
    !!only &&
    more.length === 0 &&
    /[\p{L}\p{N})»”]$/u.test(only.text) &&
    !/[.!?…:;。！？।؟][»”)]*$/u.test(only.text)
  );
}

const LABEL_WORDS = 9;

/** A label whose text was left out says nothing. */
function labels(block: PassageBlock, next: PassageBlock | undefined): boolean {
  return next !== undefined && next.kind !== 'heading' && !isLabel(next) && next.passageId === block.passageId;
}

/** A table or code right under a paragraph of the same passage needs no citation of its own. */
function isIntroduced(block: PassageBlock, previous: PassageBlock | undefined): boolean {
  if (block.kind !== 'table' && block.kind !== 'code') return false;
  return previous?.kind === 'paragraph' && previous.passageId === block.passageId;
}

/** A mark can follow a sentence or a list item; a table or code gets a line of its own. */
function marked(block: PassageBlock, mark: string, source: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `${block.markdown}${mark}`;
    case 'list':
      return endsInCode(block.markdown) ? `${block.markdown}\n\n*${source}*${mark}` : `${block.markdown}${mark}`;
    default:
      return `${block.markdown}\n\n*${source}*${mark}`;
  }
}

function endsInCode(markdown: string): boolean {
  return /(?:```|~~~|\|)\s*$/.test(markdown) || /\n {6,}\S[^\n]*$/.test(markdown);
}

function bestQuote(block: PassageBlock, language: string): string {
  if (block.kind !== 'paragraph') return block.quote;
  const own = block.sentences.filter(({ text, words }) => words >= 4 && !leansOnPrevious(text, language));
  return (own[0] ?? block.sentences[0])?.quote ?? block.quote;
}

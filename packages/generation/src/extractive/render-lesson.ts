import type { Brief } from '@megacampus/domain/course';
import type { Citation, Passage } from '../engine.ts';
import type { Lexicon } from '../language/words.ts';
import { keyStatements, leansOnPrevious } from './centrality.ts';
import { escapeText } from './condense.ts';
import { type Definition, definitionsIn } from './definitions.ts';
import { type Favour, gainOf } from './favours.ts';
import { headingText } from './material.ts';
import type { PassageBlock, Sentence } from './passage-blocks.ts';
import { headingLevels, shownBlocks, type Titles } from './shown-blocks.ts';
import { styleForm } from './style-form.ts';
import { textsFor } from './texts.ts';

export interface LessonFrame {
  readonly titles: Titles;
  readonly brief: Brief;
  /** Passages of this lesson. */
  readonly own: readonly Passage[];
  readonly lexicon: Lexicon;
  /** A question that some blocks answer, and the sentence that does; null where they leave nothing to ask. */
  readonly ask: (blocks: readonly PassageBlock[]) => { readonly prompt: string; readonly sentence: Sentence } | null;
}

export interface Rendered {
  readonly markdown: string;
  readonly citations: Citation[];
}

/**
 * Puts the blocks together under headings of the lesson's own levels, marks each with its citation, and gives the whole
 * the form of its style.
 */
export function renderLesson(blocks: readonly PassageBlock[], frame: LessonFrame): Rendered {
  const { brief, lexicon, titles } = frame;
  const form = styleForm(brief.style);
  const texts = textsFor(brief.language);
  const citations: Citation[] = [];
  const cite = (passageId: string, quote: string) => `[^${citations.push({ passageId, quote })}]`;
  const citeSentence = ({ passageId, quote }: Sentence) => cite(passageId, quote);
  const definitions = definitionsIn(blocks, lexicon);
  const shown = shownBlocks(blocks, titles);
  const parts: string[] = [];

  const askAbout = (some: readonly PassageBlock[], lead: string) => {
    const question = frame.ask(some);
    if (question) parts.push(`> **${lead}** ${escapeText(question.prompt)}${citeSentence(question.sentence)}`);
  };
  const telling = form.opening === 'statement' ? mostTelling(sentencesOf(shown), form.favours, lexicon.language) : null;
  if (telling) parts.push(`> ${escapeText(telling.text)}${citeSentence(telling)}`);
  if (form.opening === 'question') askAbout(shown, texts.beforeReading);

  for (const part of form.selfChecks ? partsOf(shown) : [shown]) {
    parts.push(...bodyOf(part, { ...frame, all: shown, definitions, cite }));
    if (form.selfChecks) askAbout(part, texts.checkYourself);
  }
  if (form.termTable && definitions.length >= 2) {
    const rows = definitions.map(
      ({ term, body, sentence }) => `| ${escapeText(term)} | ${escapeText(capital(body))}${citeSentence(sentence)} |`,
    );
    parts.push(`## ${texts.terms}`, [`| ${texts.term} | ${texts.meaning} |`, '| --- | --- |', ...rows].join('\n'));
  }
  return { markdown: parts.join('\n\n'), citations };
}

/** The best sentence of the kind that the style favours, of any kind where there is none. */
function mostTelling(sentences: readonly Sentence[], favours: Favour | null, language: string): Sentence | null {
  const favoured = sentences.filter(
    (sentence) => gainOf(sentence, favours) > 0 && !leansOnPrevious(sentence.text, language),
  );
  return keyStatements(favoured.length > 0 ? favoured : sentences, language, 1)[0] ?? null;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function sentencesOf(blocks: readonly PassageBlock[]): Sentence[] {
  return blocks.flatMap(({ kind, sentences }) => (kind === 'paragraph' ? sentences : []));
}

/** From one heading of the highest level to the next. */
function partsOf(blocks: readonly PassageBlock[]): PassageBlock[][] {
  const levels = headingLevels(blocks);
  const parts: PassageBlock[][] = [];
  for (const block of blocks) {
    const open = parts.at(-1);
    if (open === undefined || levels.get(block) === 2) parts.push([block]);
    else open.push(block);
  }
  return parts;
}

interface Body extends LessonFrame {
  /** The blocks of the whole lesson. */
  readonly all: readonly PassageBlock[];
  readonly definitions: readonly Definition[];
  readonly cite: (passageId: string, quote: string) => string;
}

function bodyOf(blocks: readonly PassageBlock[], { all, definitions, cite, brief, own, lexicon }: Body): string[] {
  const form = styleForm(brief.style);
  const levels = headingLevels(all);
  const terms = definitions.map(({ term }) => term.toLowerCase());
  const { source } = textsFor(brief.language);
  const sourceOf = ({ passageId }: PassageBlock) => {
    const passage = own.find(({ id }) => id === passageId);
    const place = headingText(passage?.headingPath.at(-1) ?? passage?.documentName ?? '');
    return place === '' ? source : `${source}: ${escapeHeading(place)}`;
  };
  // Where nothing else is said, a label is all there is to say.
  const hasText = all.some((block) => block.kind !== 'heading' && !isLabel(block));
  return blocks.flatMap((block, index) => {
    if (hasText && isLabel(block))
      return labels(block, blocks[index + 1]) ? `**${escapeHeading(block.sentences[0]?.text ?? '')}**` : [];
    if (block.kind === 'heading') {
      const text = headingText(block.markdown);
      return `${'#'.repeat(levels.get(block) ?? 2)} ${escapeHeading(form.asks ? asked(text, terms, brief) : text)}`;
    }
    if (isIntroduced(block, blocks[index - 1])) return block.markdown;
    const shown = form.boldTerms ? withBoldTerms(block, definitions) : block;
    return marked(shown, cite(block.passageId, bestQuote(block, lexicon.language)), sourceOf(block));
  });
}

/** A term in bold where its own sentence explains it. */
function withBoldTerms(block: PassageBlock, definitions: readonly Definition[]): PassageBlock {
  let { markdown } = block;
  for (const { sentence, article, link } of definitions) {
    if (!block.sentences.includes(sentence)) continue;
    const opening = sentence.text.slice(0, sentence.text.indexOf(link));
    const term = opening.slice(article.length).trim();
    if (/[*_`[\]\\<]/.test(term)) continue;
    markdown = markdown.replace(opening + link, () => `${article}**${term}**${link}`);
  }
  return { ...block, markdown };
}

/** Asks where the source states. */
function asked(heading: string, terms: readonly string[], brief: Brief): string {
  if (heading.endsWith('?')) return heading;
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
  return previous?.kind === 'paragraph' && !isLabel(previous) && previous.passageId === block.passageId;
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

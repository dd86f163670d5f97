import type { Brief } from '@megacampus/domain/course';
import type { Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown } from './documents/markdown-blocks.ts';
import {
  type LessonContent,
  lessonContentSchema,
  type Outline,
  outlineSchema,
  type Passage,
  quizKeyProblems,
} from './engine.ts';

/** A gate that an engine's output did not pass; `detail` is for the log and for a repair prompt. */
export interface GateFailure {
  readonly gate:
    | 'schema'
    | 'outline_duplicate'
    | 'outline_passage'
    | 'outline_size'
    | 'outline_coverage'
    | 'empty'
    | 'truncated'
    | 'placeholder'
    | 'citation_mark'
    | 'citation_missing'
    | 'citation_quote'
    | 'quiz_key'
    // The following are for texts that a model wrote; see ./gates.
    | 'quiz_support'
    | 'language'
    | 'length'
    | 'objective'
    | 'near_duplicate'
    | 'unsupported'
    | 'hijacked';
  readonly detail: string;
}

/** What every lesson gate is given. */
interface LessonUnderTest {
  readonly content: LessonContent;
  readonly passages: readonly Passage[];
  readonly brief: Brief;
  /** The lesson's Markdown, parsed once for all gates. */
  readonly root: Root;
  /** The lesson as a person reads it, without code. */
  readonly prose: string;
}

type LessonGate = (lesson: LessonUnderTest) => GateFailure[];

/** All are computed from the output itself; none asks a model. */
const LESSON_GATES: readonly LessonGate[] = [
  notEmpty,
  notTruncated,
  noPlaceholders,
  marksMatchCitations,
  citesItsPassages,
  quotesAreVerbatim,
  quizKeysAreValid,
];

/**
 * Computes the hard gates of one lesson; nothing that fails one may be stored. `passages` are the lesson's own: with
 * them it must cite, and only them.
 */
export function checkLesson(content: LessonContent, passages: readonly Passage[], brief: Brief): GateFailure[] {
  const parsed = lessonContentSchema.safeParse(content);
  const schema = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => failure('schema', `${path.join('.')}: ${message}`));
  if (typeof content.markdown !== 'string') return schema;
  const root = parseMarkdown(content.markdown);
  const lesson = { content, passages, brief, root, prose: proseOf(root) };
  return [...schema, ...LESSON_GATES.flatMap((gate) => gate(lesson))];
}

/** Computes the gates of an outline: something to teach, no lesson twice, no passage that does not exist. */
export function checkOutline(outline: Outline, passages: readonly Passage[]): GateFailure[] {
  const parsed = outlineSchema.safeParse(outline);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => failure('schema', `${path.join('.')}: ${message}`));
  const lessons = parsed.data.sections.flatMap((section) => section.lessons);
  const known = new Set(passages.map(({ id }) => id));
  const titles = lessons.map(({ title }) => title.toLowerCase());
  return [
    ...repeatsIn(titles).map((title) => failure('outline_duplicate', `two lessons are called “${title}”`)),
    ...repeatsIn(lessons.flatMap(({ passageIds }) => passageIds)).map((id) =>
      failure('outline_duplicate', `passage ${id} is in two lessons`),
    ),
    ...lessons
      .flatMap(({ passageIds }) => passageIds)
      .filter((id) => !known.has(id))
      .map((id) => failure('outline_passage', `there is no passage ${id}`)),
  ];
}

function repeatsIn(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function failure(gate: GateFailure['gate'], detail: string): GateFailure {
  return { gate, detail };
}

function proseOf(root: Root): string {
  const pieces: string[] = [];
  const visit = (node: Nodes) => {
    if (node.type === 'code' || node.type === 'inlineCode') return;
    if ('children' in node) node.children.forEach(visit);
    else if ('value' in node) pieces.push(node.value);
    if (['paragraph', 'heading', 'listItem', 'tableCell'].includes(node.type)) pieces.push('\n');
  };
  visit(root);
  return pieces.join('');
}

/** Fewest words of a lesson, unless its passages themselves have no more. */
const MIN_WORDS = 40;

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

function notEmpty({ content, passages }: LessonUnderTest): GateFailure[] {
  const words = wordCount(content.markdown);
  const offered = passages.reduce((sum, { text }) => sum + wordCount(text), 0);
  // Writing without spaces has few “words”, so long text passes by its length.
  if (content.markdown.length > MIN_WORDS * 6 && words > 0) return [];
  const least = passages.length === 0 ? MIN_WORDS : Math.min(MIN_WORDS, Math.floor(offered / 4));
  return words === 0 || words < least ? [failure('empty', `${words} words`)] : [];
}

function notTruncated({ content, passages, root }: LessonUnderTest): GateFailure[] {
  const { children } = root;
  const last = children.at(-1);
  const unclosed = children.some((node) => {
    if (node.type !== 'code') return false;
    const source = content.markdown.slice(node.position?.start.offset, node.position?.end.offset);
    const [fence] = /^(?:`{3,}|~{3,})/.exec(source) ?? [];
    return fence !== undefined && !source.trimEnd().slice(fence.length).endsWith(fence);
  });
  if (unclosed) return [failure('truncated', 'a code block is not closed')];
  if (last?.type === 'heading') return [failure('truncated', 'the text ends with a heading')];
  if (last?.type !== 'paragraph') return [];
  const text = plainText(last).replace(/(?:\[\^\d+\]|\s)+$/g, '');
  const breaksOff = /(?:[,:(—–-]|\.{3}|…)$/u.test(text) || /\p{Ll}$/u.test(text);
  const isCaption = wordCount(text) < 6;
  // Sources do end without a full stop; what stands so in the source was not cut off here.
  const isSourceEnd = passages.some((passage) => oneLine(passage.text).includes(oneLine(text.slice(-60))));
  return breaksOff && !isCaption && !isSourceEnd
    ? [failure('truncated', `the text breaks off: “${text.slice(-60)}”`)]
    : [];
}

function oneLine(text: string): string {
  return text.replace(/[\s*_`\\]+/g, ' ').trim();
}

const PLACEHOLDERS = [
  /lorem ipsum/i,
  /(?<![\p{L}\p{N}])(?:TODO|TBD|FIXME|XXX)(?![\p{L}\p{N}])/u,
  /\[(?:insert|add|your|placeholder|вставьте|добавьте|укажите|ваш)[^\]]*\]/iu,
  /\{\{[^}]*\}\}/,
  /as an ai (?:language )?model|как (?:языковая|ии)[- ]модель/iu,
  /(?:rest of the|remaining) (?:content|lesson|text) (?:here|goes|follows)|(?:продолжение|остальной текст) (?:следует|здесь)/iu,
  /content (?:goes here|coming soon)|содержание будет добавлено/iu,
];

function noPlaceholders({ prose, content, passages }: LessonUnderTest): GateFailure[] {
  const texts = [prose, ...content.keyPoints, ...content.quiz.flatMap(({ prompt, options }) => [prompt, ...options])];
  return PLACEHOLDERS.flatMap((pattern) => {
    const found = texts.map((text) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
    // A course about programming may well quote a TODO from its source.
    const isQuoted = found !== undefined && passages.some(({ text }) => text.includes(found));
    return found === undefined || isQuoted ? [] : [failure('placeholder', found)];
  });
}

/** Citation marks of a lesson in the order they stand, outside of code. */
export function citationMarks(markdown: string): number[] {
  return marksIn(proseOf(parseMarkdown(markdown)));
}

function marksIn(prose: string): number[] {
  return [...prose.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => Number(number));
}

function marksMatchCitations({ content, prose }: LessonUnderTest): GateFailure[] {
  const first = [...new Set(marksIn(prose))];
  const expected = content.citations.map((_, index) => index + 1);
  if (first.length === expected.length && first.every((mark, index) => mark === expected[index])) return [];
  return [failure('citation_mark', `marks ${first.join(', ') || 'none'} for ${expected.length} citations`)];
}

function citesItsPassages({ content, passages }: LessonUnderTest): GateFailure[] {
  if (passages.length > 0 && content.citations.length === 0) return [failure('citation_missing', 'nothing is cited')];
  return [];
}

function quotesAreVerbatim({ content, passages }: LessonUnderTest): GateFailure[] {
  const texts = new Map(passages.map(({ id, text }) => [id, text]));
  return content.citations.flatMap(({ passageId, quote }, index) => {
    const text = texts.get(passageId);
    if (text === undefined)
      return [failure('citation_quote', `citation ${index + 1} names the unknown passage ${passageId}`)];
    const isVerbatim = quote.trim() !== '' && text.includes(quote);
    return isVerbatim
      ? []
      : [failure('citation_quote', `quote ${index + 1} does not stand in its passage: “${quote.slice(0, 80)}”`)];
  });
}

function quizKeysAreValid({ content }: LessonUnderTest): GateFailure[] {
  return content.quiz.flatMap((question, index) =>
    quizKeyProblems(question).map((problem) => failure('quiz_key', `question ${index + 1}: ${problem}`)),
  );
}

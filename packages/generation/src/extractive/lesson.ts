import type { Brief } from '@megacampus/domain/course';
import type { LessonContent, Outline, Passage } from '../engine.ts';
import { type Lexicon, lexiconOf } from '../language/words.ts';
import { clip } from './analyze.ts';
import type { Breathe } from './breather.ts';
import { cosine, frequenciesOf, keyStatements } from './centrality.ts';
import { condense, wordsIn } from './condense.ts';
import { coveringEach, essentialSentences } from './essential.ts';
import { headingText, languageOf } from './material.ts';
import { type PassageBlock, readPassage, type Sentence } from './passage-blocks.ts';
import { askReader, makeQuiz } from './quiz/make-quiz.ts';
import { lessonWords } from './reading-speed.ts';
import { renderLesson } from './render-lesson.ts';
import type { Titles } from './shown-blocks.ts';
import { styleForm } from './style-form.ts';
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
  const statements = body.blocks.filter(({ kind }) => kind === 'paragraph').flatMap(({ sentences }) => sentences);
  await breathe();
  const context = await readAll(others.slice(0, 40), lexicon, breathe);
  await breathe();
  const quizInput = { blocks: body.blocks, context, brief, lexicon, terms: termsOf(outline), seed: lesson.title };
  const asked = new Set<Sentence>();
  const { markdown, citations } = renderLesson(body.blocks, {
    titles: titlesAround(material),
    brief,
    own,
    lexicon,
    ask: (blocks) => askReader({ ...quizInput, blocks }, asked),
  });
  await breathe();
  const quiz = await makeQuiz(quizInput, asked, breathe);
  const notices = [
    ...(material.instruction ? [texts.instructionIgnored] : []),
    ...(keptShare < 0.9 ? [texts.shortened(Math.max(1, Math.round(keptShare * 100)))] : []),
  ];
  await breathe();
  return {
    markdown,
    keyPoints: keyPointsOf(statements, body.blocks, brief, lexicon),
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
  const candidates: { blocks: readonly PassageBlock[]; bag: Map<string, number>; words: number }[] = [];
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
  brief: Brief,
  { language }: Lexicon,
): string[] {
  const { keyPoints: most, favours } = styleForm(brief.style);
  const points = keyStatements(statements, language, most, favours).map(({ text }) => clip(text, 600));
  if (points.length > 0) return points;
  const items = blocks.filter(({ kind }) => kind === 'list').flatMap(({ sentences }) => sentences);
  return items.slice(0, most).map(({ text }) => clip(text.replace(/;$/, ''), 600));
}

function titlesAround({ section, lesson, own }: LessonMaterial): Titles {
  const [first, ...rest] = own.map(({ headingPath }) => headingPath);
  const shared =
    first?.filter((heading, index) => rest.length > 0 && rest.every((path) => path[index] === heading)) ?? [];
  const around = [section, ...shared.map(headingText)].map((title) => title.toLowerCase());
  const title = lesson.title.toLowerCase();
  return { lesson: title, around: around.filter((other) => other !== title) };
}

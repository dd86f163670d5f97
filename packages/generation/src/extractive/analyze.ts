import type { Brief } from '@megacampus/domain/course';
import type { Analysis } from '../engine.ts';
import type { Breathe } from './breather.ts';
import { definitionsIn } from './definitions.ts';
import { keyStatementsOf } from './key-statements.ts';
import type { Material } from './material.ts';
import { type Texts, textsFor } from './texts.ts';
import { createTopicCounter, isGeneric } from './topics.ts';

/** Describes the material: its most central statements, its terms and topics, and what the engine could not do. */
export async function analyzeMaterial(material: Material, brief: Brief, breathe: Breathe): Promise<Analysis> {
  const texts = textsFor(brief.language);
  const { units, lexicon } = material;
  const topicCounter = createTopicCounter(lexicon);
  topicCounter.addHeadings([...new Set(units.flatMap(({ path }) => path))]);
  const terms: string[] = [];
  for (const { blocks } of units) {
    await breathe();
    topicCounter.addBlocks(blocks);
    terms.push(...definitionsIn(blocks, lexicon).map(({ term }) => term));
  }
  await breathe();
  const topics = topicCounter.best(20);
  const summary = await keyStatementsOf(units, lexicon.language, 3, breathe);
  const documents = new Set(units.map(({ passage }) => passage.documentId)).size;
  return {
    summary: clip(
      summary.join(' ') || units[0]?.blocks.find(({ kind }) => kind !== 'heading')?.quote || brief.title,
      4_000,
    ),
    audience: brief.target_audience || texts.audienceUnknown(brief.difficulty),
    scope: clip(texts.scope({ documents, words: material.words, topics: topics.slice(0, 8) }), 4_000),
    objectives: objectivesOf(brief, material, [...new Set(terms)], texts),
    prerequisites: linesOf(brief.prerequisites).slice(0, 30),
    keyTopics: topics.map((topic) => clip(topic, 200)),
    notice: noticeOf(brief, material, texts),
  };
}

function objectivesOf(brief: Brief, { units }: Material, terms: readonly string[], texts: Texts): string[] {
  if (brief.learning_outcomes.length > 0) return [...brief.learning_outcomes];
  const chapters = [...new Set(units.flatMap(({ path }) => path[0] ?? []))]
    .filter((title) => !isGeneric(title))
    .slice(0, 8);
  const found = chapters.length > 1 ? chapters.map(texts.understandTopic) : terms.slice(0, 8).map(texts.explainTerm);
  return (found.length > 0 ? found : [texts.understandTopic(brief.title)]).map((objective) => clip(objective, 500));
}

function noticeOf(brief: Brief, { units, lexicon, repeated }: Material, texts: Texts): string {
  const said = [texts.madeOfSource];
  if (brief.content_strategy === 'create_from_scratch') said.push(texts.strategyNotApplied);
  if (lexicon.language !== brief.language) said.push(texts.otherLanguage(lexicon.language));
  const wanted = brief.estimated_lessons ?? 0;
  if (wanted > units.length) said.push(texts.fewerLessons(units.length, wanted));
  if (repeated > 0) said.push(texts.repetitions(repeated));
  return said.join(' ');
}

/** The lines of a free-text field, without the marks of a list. */
export function linesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/^\s*(?:[-–—•*]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '')
    .map((line) => clip(line, 500));
}

/** At most `length` characters, cut between words. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/\s+\S*$/, '');
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

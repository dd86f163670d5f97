import type { Brief } from '@megacampus/domain/course';
import type { Outline, OutlineLesson } from '../engine.ts';
import { clip } from './analyze.ts';
import type { Breathe } from './breather.ts';
import { definitionsIn } from './definitions.ts';
import { divide, type LessonUnits, wordsOf } from './divide.ts';
import { keyStatementsOf } from './key-statements.ts';
import type { Material } from './material.ts';
import { lessonMinutes, lessonWords } from './reading-speed.ts';
import { textsFor } from './texts.ts';
import { titlesOf } from './titles.ts';
import { createTopicCounter, isGeneric } from './topics.ts';

/** Objectives and topics of one lesson, at most. */
const MOST_OBJECTIVES = 4;
const MOST_TOPICS = 8;

/** The course's sections and lessons, each lesson with its passages. Every passage of the material is in one lesson. */
export async function outlineMaterial(material: Material, brief: Brief, breathe: Breathe): Promise<Outline> {
  const { lexicon } = material;
  const divided = await divide(material, brief, breathe);
  const titles = await titlesOf(divided, lexicon, textsFor(brief.language), breathe);
  const sections: Outline['sections'] = [];
  for (const [index, lessons] of divided.entries()) {
    const made: OutlineLesson[] = [];
    for (const [lesson, units] of lessons.entries()) {
      made.push(await outlineLesson(units, titles[index]?.lessons[lesson] ?? '', material, brief, breathe));
    }
    const summary = (await keyStatementsOf(lessons.flat(), lexicon.language, 2, breathe)).join(' ');
    sections.push({ title: clip(titles[index]?.section ?? '', 300), summary: clip(summary, 1_200), lessons: made });
  }
  return { sections };
}

async function outlineLesson(
  units: LessonUnits,
  title: string,
  { lexicon }: Material,
  brief: Brief,
  breathe: Breathe,
): Promise<OutlineLesson> {
  const texts = textsFor(brief.language);
  const headings = [...new Set(units.flatMap(({ path }) => path.at(-1) ?? []))].filter(
    (heading) => !isGeneric(heading),
  );
  const topicCounter = createTopicCounter(lexicon);
  topicCounter.addHeadings(headings);
  const terms = new Set<string>();
  for (const { blocks } of units) {
    await breathe();
    topicCounter.addBlocks(blocks);
    for (const { term } of definitionsIn(blocks, lexicon)) terms.add(term);
  }
  const topics = headings.length > 0 ? headings.map(texts.understandTopic) : [texts.understandTopic(title)];
  const objectives = [...[...terms].slice(0, MOST_OBJECTIVES - 1).map(texts.explainTerm), ...topics].slice(
    0,
    MOST_OBJECTIVES,
  );
  const words = Math.min(wordsOf(units), lessonWords(brief, lexicon.language));
  return {
    title: clip(title, 300),
    objectives: objectives.map((objective) => clip(objective, 500)),
    keyTopics: topicCounter.best(MOST_TOPICS).map((topic) => clip(topic, 200)),
    passageIds: units.map(({ passage }) => passage.id),
    durationMinutes: lessonMinutes(words, brief, lexicon.language),
  };
}

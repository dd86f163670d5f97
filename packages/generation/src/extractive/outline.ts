import type { Brief } from '@megacampus/domain/course';
import type { Outline, OutlineLesson } from '../engine.ts';
import type { Lexicon } from '../language/words.ts';
import { clip } from './analyze.ts';
import type { Breathe } from './breather.ts';
import { definitionsIn } from './definitions.ts';
import { divide, type LessonUnits, wordsOf } from './divide.ts';
import { speaksOf } from './essential.ts';
import { keyStatementsOf } from './key-statements.ts';
import type { Material } from './material.ts';
import type { PassageBlock } from './passage-blocks.ts';
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

/** “repository, package”: what a text that names nothing is about, as far as counting tells. */
function frequentWords(units: LessonUnits, lexicon: Lexicon): string {
  const counts = new Map<string, { form: string; count: number }>();
  for (const { text } of units.flatMap(({ blocks }) => blocks.flatMap(({ sentences }) => sentences))) {
    for (const { text: word } of lexicon.words(text)) {
      if (word.length < 4 || !/^\p{L}+$/u.test(word) || lexicon.isStopword(word)) continue;
      const known = counts.get(lexicon.stem(word)) ?? { form: word.toLowerCase(), count: 0 };
      known.count += 1;
      counts.set(lexicon.stem(word), known);
    }
  }
  const ranked = [...counts.values()].sort((a, b) => b.count - a.count);
  return ranked
    .slice(0, 2)
    .map(({ form }) => form)
    .join(', ');
}

const stemsOf = ({ kind, sentences }: PassageBlock) =>
  kind === 'heading' ? [] : sentences.flatMap(({ stems }) => stems);

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
  const said = new Set(units.flatMap(({ blocks }) => blocks.flatMap(stemsOf)));
  const keyTopics = topicCounter.best(MOST_TOPICS);
  // A heading need not say what its text is about: “Before you begin”. Then the text's own topics do.
  const isSpokenOf = (topic: string) => speaksOf(texts.understandTopic(topic), said, lexicon);
  const found = [
    ...[...terms].slice(0, MOST_OBJECTIVES - 1).map(texts.explainTerm),
    ...headings.filter(isSpokenOf).map(texts.understandTopic),
  ].slice(0, MOST_OBJECTIVES);
  const topic = [...keyTopics, frequentWords(units, lexicon)].find(isSpokenOf) ?? title;
  const objectives = found.length > 0 ? found : [texts.understandTopic(topic)];
  const words = Math.min(wordsOf(units), lessonWords(brief, lexicon.language));
  return {
    title: clip(title, 300),
    objectives: objectives.map((objective) => clip(objective, 500)),
    keyTopics: keyTopics.map((topic) => clip(topic, 200)),
    passageIds: units.map(({ passage }) => passage.id),
    durationMinutes: lessonMinutes(words, brief, lexicon.language),
  };
}

import type { Brief } from '@megacampus/domain/course';
import type { CourseSummary, Outline, SummarizeInput } from '../engine.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { lexiconOf } from '../language/words.ts';
import { clip } from './analyze.ts';
import type { Breathe } from './breather.ts';
import { type Definition, definitionsIn } from './definitions.ts';
import { readPassage } from './passage-blocks.ts';
import { textsFor } from './texts.ts';

/** Terms in a glossary, at most. */
const MOST_TERMS = 100;

/** What the course covers, and the terms that its lessons define. */
export async function summarizeCourse(
  { brief, outline, lessons }: SummarizeInput,
  breathe: Breathe,
): Promise<CourseSummary> {
  const definitions = new Map<string, Definition>();
  for (const { content } of lessons) {
    await breathe();
    const lexicon = lexiconOf(detectLanguage(content.markdown.slice(0, SAMPLE_LENGTH)) ?? brief.language);
    for (const paragraph of paragraphsOf(content.markdown)) {
      await breathe();
      const blocks = readPassage({ ...AS_PASSAGE, text: paragraph }, lexicon);
      for (const definition of definitionsIn(blocks, lexicon)) {
        const key = lexicon.topicStems(definition.term).join(' ');
        if (!definitions.has(key)) definitions.set(key, definition);
      }
    }
  }
  const glossary = [...definitions.values()]
    .slice(0, MOST_TERMS)
    .map(({ term, body }) => ({
      term: clip(term, 200),
      definition: clip(`${body.charAt(0).toUpperCase()}${body.slice(1)}.`, 1_500),
    }))
    .sort((a, b) => a.term.localeCompare(b.term, brief.language) || (a.term < b.term ? -1 : 1));
  return { overview: overviewOf(brief, outline, lessons.length), glossary };
}

const AS_PASSAGE = {
  id: 'lesson',
  documentId: 'course',
  documentName: '',
  headingPath: [],
  page: null,
  start: 0,
  end: 0,
  position: 0,
};

/** Enough of a lesson to tell its language, in characters. */
const SAMPLE_LENGTH = 4_000;

/** The paragraphs of a lesson one by one: parsing a long lesson as a whole would hold the event loop. */
function paragraphsOf(markdown: string): string[] {
  return markdown.replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, '').split(/\n{2,}/);
}

function overviewOf(brief: Brief, outline: Outline, completed: number): string {
  const texts = textsFor(brief.language);
  const { sections } = outline;
  const total = sections.reduce((sum, { lessons }) => sum + lessons.length, 0);
  const opening = [texts.overview({ title: brief.title, sections: sections.length, lessons: total })];
  if (completed < total) opening.push(texts.missingLessons(total - completed));
  const paragraphs = [opening.join(' ')];
  if (brief.course_description !== '') paragraphs.push(brief.course_description);
  const list = sections.map(({ title, lessons }) => {
    const names = lessons.map((lesson) => lesson.title).filter((name) => name !== title);
    return `- **${title.replace(/[\\`*_[\]<>]/g, '\\$&')}**${names.length > 0 ? `: ${names.join('; ')}.` : ''}`;
  });
  return clip([...paragraphs, list.join('\n')].join('\n\n'), 7_500);
}

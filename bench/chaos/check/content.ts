import { isDeepStrictEqual } from 'node:util';
import type { Brief } from '@megacampus/domain/course';
import type { Analysis, LessonContent, Outline, Passage } from '@megacampus/generation/engine';
import { createExtractiveEngine } from '@megacampus/generation/extractive';
import { type Course, namesIn } from '../courses.ts';
import type { StoredContent, StoredGeneration, StoredLesson } from '../observe/content.ts';
import type { Violation } from './violation.ts';

type Known = Pick<Course, 'id' | 'brief' | 'document'>;

/**
 * What each completed generation has written is what the engine makes of its course's own brief and document, with
 * citations and all, and no text says the name of another course. The engine gives the same for the same, so it is asked again
 * here; but for the summary, which takes it long and is only looked through for names.
 */
export async function checkContent(stored: StoredContent, courses: readonly Known[]): Promise<Violation[]> {
  const found: string[] = [];
  for (const course of courses) {
    const own = stored.generations.filter(({ courseId }) => courseId === course.id);
    const passages = stored.passages.filter(({ courseId }) => courseId === course.id);
    if (own.length === 0) continue;
    found.push(...checkPassages(passages, course));
    const expected = await expectedOf(course.brief, passages);
    for (const generation of own) {
      const problems = [...checkNames(generation, course.brief), ...(await checkWork(generation, expected))];
      found.push(...problems.map((problem) => `${generation.id} is completed and ${problem}`));
    }
  }
  return found.map((text) => ({ category: 'lost', text, mayPass: false }));
}

function checkPassages(passages: readonly Passage[], { id, document }: Known): string[] {
  const read = passages.map(({ text }) => text).join('\n');
  const bare = (text: string) => text.replace(/\s+/g, '');
  return bare(read) === bare(document ?? '') ? [] : [`the passages of course ${id} are not its document`];
}

function checkNames(generation: StoredGeneration, { title }: Brief): string[] {
  const own = title.toLowerCase();
  const problems = [...namesIn(JSON.stringify(generation))]
    .filter((name) => name !== own)
    .map((name) => `says the name of another course, ${name}`);
  if (!namesIn(generation.overview).has(own)) problems.push('has the summary of something else');
  return problems;
}

interface Expected {
  readonly brief: Brief;
  readonly analysis: Analysis;
  readonly outline: Outline;
  readonly passages: readonly Passage[];
}

const engine = createExtractiveEngine();
const context = { signal: new AbortController().signal };

async function expectedOf(brief: Brief, passages: readonly Passage[]): Promise<Expected> {
  const analysis = await engine.analyze({ brief, passages }, context);
  const outline = await engine.outline({ brief, passages, analysis }, context);
  return { brief, analysis, outline, passages };
}

async function checkWork({ analysis, lessons }: StoredGeneration, expected: Expected): Promise<string[]> {
  const problems = isDeepStrictEqual(analysis, expected.analysis) ? [] : ['has the analysis of something else'];
  const places = expected.outline.sections.flatMap((section, sectionIndex) =>
    section.lessons.map((plan, lessonIndex) => ({ section: section.title, plan, sectionIndex, lessonIndex })),
  );
  if (lessons.length !== places.length) problems.push(`has ${lessons.length} lessons, not ${places.length}`);
  for (const [index, { section, plan, ...place }] of places.entries()) {
    const lesson = lessons[index];
    if (lesson === undefined) continue;
    if (!isDeepStrictEqual([lesson.section, lesson.plan], [section, plan])) {
      problems.push(`has another lesson ${index + 1} than its outline`);
    } else if (lesson.content !== null) {
      const wrong = differences(lesson.content, await write(lesson, place, expected));
      if (wrong.length > 0) problems.push(`has the ${wrong.join(', ')} of something else in lesson ${index + 1}`);
    }
  }
  return problems;
}

function write(
  { plan, instruction }: StoredLesson,
  place: { readonly sectionIndex: number; readonly lessonIndex: number },
  { brief, outline, passages }: Expected,
): Promise<LessonContent> {
  const own = plan.passageIds.flatMap((id) => passages.find((passage) => passage.id === id) ?? []);
  return engine.lesson({ brief, outline, ...place, passages: own, instruction: instruction ?? undefined }, context);
}

const PARTS = [
  'markdown',
  'keyPoints',
  'quiz',
  'citations',
  'notice',
] as const satisfies readonly (keyof LessonContent)[];

const differences = (stored: LessonContent, expected: LessonContent) =>
  PARTS.filter((part) => !isDeepStrictEqual(stored[part], expected[part]));

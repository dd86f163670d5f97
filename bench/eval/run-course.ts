import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { DOCUMENT_TYPES } from '@megacampus/domain/tiers';
import type { CourseUnderTest } from '@megacampus/generation/course-gates';
import { chunkDocument, parseDocument } from '@megacampus/generation/documents';
import type { CourseEngine, EngineContext, LessonContent, Passage, WrittenLesson } from '@megacampus/generation/engine';
import type { EvalCase } from './cases.ts';

const root = join(import.meta.dirname, '../..');

/** Read in this process and not in one of their own, so that their memory is part of what is measured. */
export async function readPassages(paths: readonly string[]): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const [index, path] of paths.entries()) {
    const documentName = basename(path);
    const type = DOCUMENT_TYPES.find((one) => one === extname(path).slice(1)) ?? 'md';
    const parsed = await parseDocument(new Uint8Array(await readFile(join(root, path))), { name: documentName, type });
    const documentId = `document-${index + 1}`;
    for (const chunk of chunkDocument(parsed))
      passages.push({ ...chunk, id: `${documentId}-${chunk.position}`, documentId, documentName });
  }
  return passages;
}

export interface MadeCourse extends CourseUnderTest {
  readonly tokens: number;
}

/** Makes a course as the worker does: a lesson gets its own passages, and one that fails does not end the others. */
export async function makeCourse(engine: CourseEngine, { brief, documents }: EvalCase): Promise<MadeCourse> {
  const passages = await readPassages(documents);
  let tokens = 0;
  const context: EngineContext = {
    signal: new AbortController().signal,
    usage: {
      spent: async () => tokens,
      async record({ inputTokens, outputTokens }) {
        tokens += inputTokens + outputTokens;
      },
    },
  };
  const analysis = await engine.analyze({ brief, passages }, context);
  const outline = await engine.outline({ brief, analysis, passages }, context);
  const done: (WrittenLesson & { readonly content: LessonContent })[] = [];
  const lessons: CourseUnderTest['lessons'][number][] = [];
  for (const [sectionIndex, section] of outline.sections.entries()) {
    for (const [lessonIndex, plan] of section.lessons.entries()) {
      const own = passages.filter(({ id }) => plan.passageIds.includes(id));
      const input = { brief, outline, sectionIndex, lessonIndex, passages: own, written: async () => done };
      const content = await engine.lesson(input, context).catch((cause: unknown) => {
        console.error(`“${plan.title}” could not be written:`, cause);
        return null;
      });
      lessons.push({ plan, content });
      if (content !== null) done.push({ title: plan.title, content });
    }
  }
  const summary = await engine.summarize({ brief, outline, lessons: done }, context);
  return { brief, passages, analysis, outline, lessons, summary, tokens };
}

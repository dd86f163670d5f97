import { type Brief, briefSchema } from '@megacampus/domain/course';
import { chunkDocument, parseDocument } from '@megacampus/generation/documents';
import type { Outline } from '@megacampus/generation/engine';
import { createExtractiveEngine } from '@megacampus/generation/extractive';
import type { Course } from '../courses.ts';
import type { StoredContent, StoredGeneration, StoredLesson } from '../observe/content.ts';

export interface WrittenCourse {
  readonly course: Pick<Course, 'id' | 'brief' | 'document'>;
  readonly generation: StoredGeneration;
  readonly passages: StoredContent['passages'];
}

const engine = createExtractiveEngine();
const context = { signal: new AbortController().signal };

/** A course and all that a worker would have stored for it; with an instruction, after each lesson was written anew. */
export async function writeCourse(
  name: string,
  document: string | null,
  instruction: string | null = null,
): Promise<WrittenCourse> {
  const brief = briefSchema.parse({ title: name, estimated_lessons: 3 });
  const id = `course of ${name}`;
  const passages = document === null ? [] : await read(document, id);
  const analysis = await engine.analyze({ brief, passages }, context);
  const outline = await engine.outline({ brief, passages, analysis }, context);
  const lessons = await writeLessons({ brief, passages, outline }, instruction);
  const generation = {
    id: `gen of ${name}`,
    courseId: id,
    analysis,
    overview: `About ${name}.`,
    glossary: [],
    lessons,
  };
  return { course: { id, brief, document }, passages, generation };
}

async function read(document: string, courseId: string): Promise<StoredContent['passages']> {
  const name = 'queues.md';
  const parsed = await parseDocument(new TextEncoder().encode(document), { name, type: 'md' });
  return chunkDocument(parsed).map((chunk) => ({
    ...{ ...chunk, id: `passage ${chunk.position} of ${courseId}`, courseId },
    ...{ documentId: `document of ${courseId}`, documentName: name },
  }));
}

interface Plan {
  readonly brief: Brief;
  readonly passages: StoredContent['passages'];
  readonly outline: Outline;
}

async function writeLessons({ brief, passages, outline }: Plan, instruction: string | null): Promise<StoredLesson[]> {
  const lessons: StoredLesson[] = [];
  for (const [sectionIndex, section] of outline.sections.entries()) {
    for (const [lessonIndex, plan] of section.lessons.entries()) {
      const own = passages.filter(({ id }) => plan.passageIds.includes(id));
      const input = { brief, outline, sectionIndex, lessonIndex, passages: own, instruction: instruction ?? undefined };
      lessons.push({ section: section.title, plan, instruction, content: await engine.lesson(input, context) });
    }
  }
  return lessons;
}

import { z } from 'zod';

/**
 * Content as the database's functions take and give it. The shapes are those of the engines in
 * packages/generation, which this package does not know.
 */

export const passageSchema = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  documentName: z.string(),
  headingPath: z.array(z.string()),
  page: z.number().int().nullable(),
  text: z.string(),
  /** Place in the document's text, in characters, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  position: z.number().int(),
});
export type Passage = z.infer<typeof passageSchema>;

export const lessonStatusSchema = z.enum(['pending', 'completed', 'failed']);

const storedLessonSchema = z.object({
  id: z.uuid(),
  /** Over the whole course, from 1. */
  position: z.number().int(),
  status: lessonStatusSchema,
  title: z.string(),
  objectives: z.array(z.string()),
  keyTopics: z.array(z.string()),
  passageIds: z.array(z.string()),
  durationMinutes: z.number().int(),
});

export const storedOutlineSchema = z.object({
  sections: z.array(z.object({ title: z.string(), summary: z.string(), lessons: z.array(storedLessonSchema) })),
});

export const lessonContentSchema = z.object({
  markdown: z.string(),
  keyPoints: z.array(z.string()),
  quiz: z.array(
    z.object({
      kind: z.enum(['single', 'multiple', 'true_false', 'short']),
      prompt: z.string(),
      options: z.array(z.string()),
      answer: z.union([z.array(z.number()), z.string()]),
      explanation: z.string(),
    }),
  ),
  citations: z.array(z.object({ passageId: z.string(), quote: z.string() })),
  notice: z.string().nullable(),
});
export type LessonContent = z.infer<typeof lessonContentSchema>;

/** An outline as an engine makes it. */
export interface NewOutline {
  readonly sections: readonly {
    readonly title: string;
    readonly summary: string;
    readonly lessons: readonly {
      readonly title: string;
      readonly objectives: readonly string[];
      readonly keyTopics: readonly string[];
      readonly passageIds: readonly string[];
      readonly durationMinutes: number;
    }[];
  }[];
}

/** A stretch of a document as the reader makes it. */
export interface NewChunk {
  readonly position: number;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface NewSummary {
  readonly overview: string;
  readonly glossary: readonly { readonly term: string; readonly definition: string }[];
}

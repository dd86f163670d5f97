import type { LessonContent, NewChunk, NewOutline, NewSummary } from './content-schemas.ts';
import * as answers from './generation-schemas.ts';
import type { CallOptions, Rpc } from './rpc.ts';

interface OfGeneration {
  readonly generationId: string;
}
interface OfLesson extends OfGeneration {
  readonly lessonId: string;
}

/**
 * Writing what a generation makes: fenced, and done once. Null when the generation is gone, `saved: false` when it
 * has ended or is not the course's current one.
 */
export function contentCalls(rpc: Rpc) {
  return {
    saveDocuments: (work: OfGeneration & { readonly report: unknown }, options?: CallOptions) =>
      rpc('save_documents', { ...idOf(work), p_report: work.report }, answers.savedSchema, options),

    saveAnalysis: (work: OfGeneration & { readonly analysis: unknown }, options?: CallOptions) =>
      rpc('save_analysis', { ...idOf(work), p_analysis: work.analysis }, answers.savedSchema, options),

    /** Also completes step 3 and begins step 4. */
    saveOutline: (work: OfGeneration & { readonly outline: NewOutline }, options?: CallOptions) =>
      rpc('save_outline', { ...idOf(work), p_outline: work.outline }, answers.savedOutlineSchema, options),

    /** Also moves step 4, and completes it with the last lesson. */
    saveLesson: (work: OfLesson & { readonly content: LessonContent }, options?: CallOptions) =>
      rpc('save_lesson', { ...lessonOf(work), p_content: work.content }, answers.savedLessonSchema, options),

    failLesson: (work: OfLesson & { readonly error: string }, options?: CallOptions) =>
      rpc('fail_lesson', { ...lessonOf(work), p_error: work.error }, answers.savedLessonSchema, options),

    saveSummary: (work: OfGeneration & { readonly summary: NewSummary }, options?: CallOptions) =>
      rpc('save_summary', { ...idOf(work), p_summary: work.summary }, answers.savedSchema, options),

    /** What the check of the whole course found. */
    saveCourseReport: (work: OfGeneration & { readonly report: unknown }, options?: CallOptions) =>
      rpc('save_course_report', { ...idOf(work), p_report: work.report }, answers.savedSchema, options),

    /** Not fenced: a document belongs to the course. Null when it is gone. `language` decides how words are stemmed. */
    replaceChunks(
      work: { readonly documentId: string; readonly language: string; readonly chunks: readonly NewChunk[] },
      options?: CallOptions,
    ) {
      const args = { p_document_id: work.documentId, p_language: work.language, p_chunks: work.chunks };
      return rpc('replace_chunks', args, answers.savedChunksSchema, options);
    },
  };
}

function idOf({ generationId }: OfGeneration) {
  return { p_generation_id: generationId };
}

function lessonOf(work: OfLesson) {
  return { ...idOf(work), p_lesson_id: work.lessonId };
}

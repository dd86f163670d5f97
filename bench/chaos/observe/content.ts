import type { LessonContent, OutlineLesson, Passage } from '@megacampus/generation/engine';
import type { Direct } from '../world/servers.ts';

export interface StoredLesson {
  readonly section: string;
  readonly plan: OutlineLesson;
  /** Of one that was written anew: what was asked for. */
  readonly instruction: string | null;
  /** Null of one that has failed. */
  readonly content: LessonContent | null;
}

/** All that a completed generation has written. */
export interface StoredGeneration {
  readonly id: string;
  readonly courseId: string;
  readonly analysis: unknown;
  readonly overview: string;
  readonly glossary: unknown;
  /** In the order of the course. */
  readonly lessons: readonly StoredLesson[];
}

export interface StoredContent {
  readonly generations: readonly StoredGeneration[];
  /** Of all documents, in reading order. */
  readonly passages: readonly (Passage & { readonly courseId: string })[];
}

const LESSON = `jsonb_build_object(
  'section', section.title,
  'plan', jsonb_build_object('title', lesson.title, 'objectives', lesson.objectives, 'keyTopics', lesson.key_topics,
    'passageIds', lesson.chunk_ids, 'durationMinutes', lesson.duration_minutes),
  'instruction', lesson.instruction,
  'content', CASE WHEN lesson.status = 'completed' THEN jsonb_build_object(
    'markdown', lesson.content, 'keyPoints', lesson.key_points, 'notice', lesson.notice,
    'quiz', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'prompt', prompt, 'options', options, 'answer', answer,
        'explanation', explanation) ORDER BY position), '[]')
      FROM quiz_questions WHERE lesson_id = lesson.id
    ),
    'citations', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('passageId', chunk_id, 'quote', quote) ORDER BY position), '[]')
      FROM citations WHERE lesson_id = lesson.id
    )
  ) END
)`;

const GENERATIONS = `
  SELECT id, course_id AS "courseId", analysis, coalesce(overview, '') AS overview, glossary, (
    SELECT coalesce(jsonb_agg(${LESSON} ORDER BY lesson.position), '[]')
    FROM lessons AS lesson JOIN sections AS section ON section.id = lesson.section_id
    WHERE lesson.generation_id = generation.id
  ) AS lessons
  FROM generations AS generation WHERE status = 'completed' AND course_id = ANY ($1)`;

const PASSAGES = `
  SELECT chunk.id, chunk.course_id AS "courseId", chunk.document_id AS "documentId", document.name AS "documentName",
    chunk.heading_path AS "headingPath", chunk.page, chunk.content AS text, chunk.char_start AS start,
    chunk.char_end AS "end", chunk.position
  FROM document_chunks AS chunk JOIN course_documents AS document ON document.id = chunk.document_id
  WHERE chunk.course_id = ANY ($1) ORDER BY chunk.document_id, chunk.position`;

/** @throws when the database does not answer. */
export async function readContent({ sql }: Direct, courseIds: readonly string[]): Promise<StoredContent> {
  const [generations, passages] = await Promise.all([
    sql<StoredGeneration & Record<string, unknown>>(GENERATIONS, [courseIds]),
    sql<Passage & { courseId: string } & Record<string, unknown>>(PASSAGES, [courseIds]),
  ]);
  return { generations, passages };
}

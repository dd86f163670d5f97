import { must } from '@megacampus/db/clients';
import type { Database } from '@megacampus/db/types';
import { z } from 'zod';
import type { QuizQuestionView } from '@/features/quiz/quiz-view.ts';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { CitationView, LessonView } from './content-view.ts';
import { toLessonLink } from './load-content.ts';

const optionsSchema = z.array(z.string());
const answerSchema = z.union([z.array(z.number().int()), z.string()]);

type Db = SessionUser['db'];
type Row<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Row'];
type CitationRow = Row<'citations'> & { readonly document_chunks?: { readonly content: string } | null };

/** One lesson of a generation with its quiz and sources; null when there is no such lesson. @throws UnavailableFault */
export async function loadLesson(db: Db, generationId: string, position: number): Promise<LessonView | null> {
  const query = db
    .from('lessons')
    .select('*, quiz_questions(*), citations(*, document_chunks(content))')
    .eq('generation_id', generationId)
    .eq('position', position)
    .order('position', { referencedTable: 'quiz_questions' })
    .order('position', { referencedTable: 'citations' });
  const row = must(await query.maybeSingle(), 'database');
  return row === null ? null : toLessonView(row, row.quiz_questions, row.citations);
}

/** A lesson's questions; none when it is not the user's. @throws UnavailableFault */
export async function loadQuiz(db: Db, lessonId: string): Promise<QuizQuestionView[]> {
  const query = db.from('quiz_questions').select('*').eq('lesson_id', lessonId).order('position');
  return must(await query, 'database').map(toQuestion);
}

/** The position that an address names; null when it names none. */
export function positionOf(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

export function toLessonView(
  row: Row<'lessons'>,
  questions: readonly Row<'quiz_questions'>[],
  citations: readonly CitationRow[],
): LessonView {
  return {
    ...toLessonLink(row),
    id: row.id,
    lineageId: row.lineage_id,
    version: row.version,
    objectives: row.objectives,
    content: row.content ?? '',
    keyPoints: row.key_points,
    notice: row.notice,
    error: row.error,
    quiz: questions.map(toQuestion),
    citations: citations.map(toCitation),
  };
}

function toQuestion(row: Row<'quiz_questions'>): QuizQuestionView {
  return {
    id: row.id,
    kind: row.kind,
    prompt: row.prompt,
    options: optionsSchema.parse(row.options),
    answer: answerSchema.parse(row.answer),
    explanation: row.explanation,
  };
}

function toCitation(row: CitationRow): CitationView {
  return {
    number: row.position,
    documentName: row.document_name,
    headingPath: row.heading_path,
    page: row.page,
    quote: row.quote,
    passage: row.document_chunks?.content ?? null,
    documentId: row.document_id,
  };
}

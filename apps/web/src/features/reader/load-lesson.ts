import { must } from '@megacampus/db/clients';
import { z } from 'zod';
import type { QuizQuestionView } from '@/features/quiz/quiz-view.ts';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { CitationView, LessonView } from './content-view.ts';
import { toLessonLink } from './load-content.ts';

const optionsSchema = z.array(z.string());
const answerSchema = z.union([z.array(z.number().int()), z.string()]);

type Db = SessionUser['db'];

/** One lesson of a generation with its quiz and sources; null when there is no such lesson. @throws UnavailableFault */
export async function loadLesson(db: Db, generationId: string, position: number): Promise<LessonView | null> {
  const query = db.from('lessons').select('*').eq('generation_id', generationId).eq('position', position);
  const row = must(await query.maybeSingle(), 'database');
  if (row === null) return null;
  const [quiz, citations] = await Promise.all([loadQuiz(db, row.id), loadCitations(db, row.id)]);
  return {
    ...toLessonLink(row),
    id: row.id,
    objectives: row.objectives,
    content: row.content ?? '',
    keyPoints: row.key_points,
    notice: row.notice,
    quiz,
    citations,
  };
}

async function loadQuiz(db: Db, lessonId: string): Promise<QuizQuestionView[]> {
  const rows = must(
    await db.from('quiz_questions').select('*').eq('lesson_id', lessonId).order('position'),
    'database',
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    prompt: row.prompt,
    options: optionsSchema.parse(row.options),
    answer: answerSchema.parse(row.answer),
    explanation: row.explanation,
  }));
}

async function loadCitations(db: Db, lessonId: string): Promise<CitationView[]> {
  const query = db.from('citations').select('*, document_chunks(content)').eq('lesson_id', lessonId).order('position');
  return must(await query, 'database').map((row) => ({
    number: row.position,
    documentName: row.document_name,
    headingPath: row.heading_path,
    page: row.page,
    quote: row.quote,
    passage: row.document_chunks?.content ?? null,
    documentId: row.document_id,
  }));
}

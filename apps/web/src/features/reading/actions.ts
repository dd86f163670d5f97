'use server';

import type { QuizResult } from '@megacampus/db/reading';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { isRight } from '@/features/quiz/quiz-view.ts';
import { loadQuiz } from '@/features/reader/load-lesson.ts';
import { sessionUser } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';

const idSchema = z.uuid();

/** Notes that a lesson has been read, or takes that back. False when it could not be kept. */
export async function setLessonRead(lessonId: string, isRead: boolean): Promise<boolean> {
  if (!idSchema.safeParse(lessonId).success || typeof isRead !== 'boolean') return false;
  try {
    const user = await sessionUser();
    return user !== null && (await getDeps().reading.setLessonRead(user.id, lessonId, isRead));
  } catch (err) {
    (await requestLog()).warn({ err, lessonId }, 'reading was not kept');
    return false;
  }
}

const answersSchema = z.record(z.uuid(), z.union([z.string().max(1_000), z.array(z.number().int()).max(50)]));

/** Scores a try at a lesson's quiz, by the lesson's own questions, and keeps it. Null when it could not be kept. */
export async function saveQuizAnswers(lessonId: string, answers: unknown): Promise<QuizResult | null> {
  const given = answersSchema.safeParse(answers);
  if (!given.success || !idSchema.safeParse(lessonId).success) return null;
  try {
    const user = await sessionUser();
    // As the user: another's lesson has no questions.
    const questions = user === null ? [] : await loadQuiz(user.db, lessonId);
    if (user === null || questions.length === 0) return null;
    const right = questions.filter((question) => isRight(question, given.data[question.id])).length;
    return await getDeps().reading.recordQuizResult(user.id, lessonId, { right, total: questions.length });
  } catch (err) {
    (await requestLog()).warn({ err, lessonId }, 'a quiz result was not kept');
    return null;
  }
}

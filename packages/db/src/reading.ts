import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { must } from './must.ts';
import { createRpc } from './rpc.ts';

const quizResultSchema = z.object({ last: z.number().int(), best: z.number().int(), total: z.number().int() });
/** Right answers of the last and of the best try, of so many questions. */
export type QuizResult = z.infer<typeof quizResultSchema>;

const lessonReadingSchema = z.object({
  position: z.number().int(),
  /** Null: not read. */
  readAt: z.string().nullable(),
  last: z.number().int().nullable(),
  best: z.number().int().nullable(),
  total: z.number().int().nullable(),
});
export type LessonReading = z.infer<typeof lessonReadingSchema>;

const readShareSchema = z.object({ courseId: z.uuid(), read: z.number().int(), total: z.number().int() });
/** How many lessons of a course's shown version have been read. */
export type ReadShare = z.infer<typeof readShareSchema>;

export type ReadingStore = ReturnType<typeof createReadingStore>;

/**
 * What users have read and answered. For the server's own client: each call names the user, who must have been
 * verified, and touches nothing of others. @throws UnavailableFault, Fault
 */
export function createReadingStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** False when it is no lesson of the user's. Safe to repeat. */
    setLessonRead(userId: string, lessonId: string, isRead: boolean): Promise<boolean> {
      const args = { p_user_id: userId, p_lesson_id: lessonId, p_is_read: isRead };
      return rpc('set_lesson_read', args, z.boolean());
    },

    /** Null when it is no lesson of the user's. */
    recordQuizResult(
      userId: string,
      lessonId: string,
      result: { readonly right: number; readonly total: number },
    ): Promise<QuizResult | null> {
      const args = { p_user_id: userId, p_lesson_id: lessonId, p_right: result.right, p_total: result.total };
      return rpc('record_quiz_result', args, quizResultSchema.nullable());
    },

    /** The lessons of the course's shown version that the user has done something with, in order. */
    loadReading(userId: string, courseId: string): Promise<LessonReading[]> {
      return rpc('load_reading', { p_user_id: userId, p_course_id: courseId }, z.array(lessonReadingSchema));
    },

    /** Of every course of the user's that can be read. */
    listReading(userId: string): Promise<ReadShare[]> {
      return rpc('list_reading', { p_user_id: userId }, z.array(readShareSchema));
    },
  };
}

export interface SharedCourse {
  readonly id: string;
  readonly title: string;
  readonly language: string;
}

export type ShareStore = ReturnType<typeof createShareStore>;

/** A token as `share_course` makes it: what is none need not be looked up. */
const TOKEN = /^[0-9a-f]{64}$/;

/** The links by which anybody may read a course. For the server's own client. @throws UnavailableFault, Fault */
export function createShareStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** The link's token, the old one where there is one; null when the course is not the user's or can't be read yet. */
    share(userId: string, courseId: string): Promise<string | null> {
      return rpc('share_course', { p_user_id: userId, p_course_id: courseId }, z.string().nullable());
    },

    /** For ever: a later link is another one. False when there was none. */
    withdraw(userId: string, courseId: string): Promise<boolean> {
      return rpc('withdraw_share', { p_user_id: userId, p_course_id: courseId }, z.boolean());
    },

    /** Null: there is no link. */
    async tokenOf(courseId: string): Promise<string | null> {
      const query = client.from('course_shares').select('token').eq('course_id', courseId);
      return must(await query.maybeSingle(), 'database')?.token ?? null;
    },

    /** The course that a link leads to; null for a link that was withdrawn or never was, or whose course is deleted. */
    async courseOf(token: string): Promise<SharedCourse | null> {
      if (!TOKEN.test(token)) return null;
      const query = client.from('course_shares').select('courses!inner(id, title, language)').eq('token', token);
      const shared = query.is('courses.deleted_at', null);
      return must(await shared.maybeSingle(), 'database')?.courses ?? null;
    },
  };
}

import type { LessonReading, QuizResult } from '@megacampus/db/reading';
import type { LessonLink } from '@/features/reader/content-view.ts';

/** What a reader has done with a course's lessons, by their positions. */
export interface Reading {
  readonly read: ReadonlySet<number>;
  /** The lesson that was finished last. */
  readonly lastRead: number | null;
  readonly quizzes: ReadonlyMap<number, QuizResult>;
}

export function toReading(lessons: readonly LessonReading[]): Reading {
  const read = lessons.filter(({ readAt }) => readAt !== null);
  const latest = read.toSorted((a, b) => Date.parse(b.readAt ?? '') - Date.parse(a.readAt ?? ''))[0];
  return {
    read: new Set(read.map(({ position }) => position)),
    lastRead: latest?.position ?? null,
    quizzes: new Map(
      lessons.flatMap(({ position, last, best, total }) =>
        last === null || best === null || total === null ? [] : [[position, { last, best, total }] as const],
      ),
    ),
  };
}

/**
 * Where to go on: the first unread lesson after the one that was finished last, else the first unread one, else the
 * first. Lessons that failed have nothing to read.
 */
export function continueAt(lessons: readonly LessonLink[], { read, lastRead }: Reading): LessonLink | null {
  const readable = lessons.filter((lesson) => !lesson.isFailed);
  const unread = readable.filter(({ position }) => !read.has(position));
  const after = unread.find(({ position }) => lastRead !== null && position > lastRead);
  return after ?? unread[0] ?? readable[0] ?? lessons[0] ?? null;
}

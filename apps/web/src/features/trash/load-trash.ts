import type { TrashedCourse } from '@megacampus/db/trash';
import { getDeps } from '@/deps.ts';
import type { SessionUser } from '@/features/session/session-user.ts';

/** Deleted courses of one page. */
export const DELETED_PER_PAGE = 24;

export interface DeletedCourse extends Pick<TrashedCourse, 'id' | 'title' | 'deletedAt'> {
  /** For how many days it can still be restored, at least 1. */
  readonly daysLeft: number;
}

/** One page, from 1, of the user's courses that can be restored, last deleted first. @throws UnavailableFault */
export async function loadTrash(
  user: SessionUser,
  page: number,
): Promise<{ readonly courses: readonly DeletedCourse[]; readonly total: number }> {
  const range = { offset: (page - 1) * DELETED_PER_PAGE, limit: DELETED_PER_PAGE };
  const { courses, total } = await getDeps().trash.list(user.id, range);
  const now = Date.now();
  return {
    total,
    courses: courses.map(({ id, title, deletedAt, purgeAt }) => ({
      id,
      title,
      deletedAt,
      daysLeft: Math.max(1, Math.ceil((Date.parse(purgeAt) - now) / 86_400_000)),
    })),
  };
}

/** The address of a page of deleted courses. */
export const trashHref = (page: number): string => (page > 1 ? `/courses/deleted?page=${page}` : '/courses/deleted');

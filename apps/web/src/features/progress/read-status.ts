import type { ActivityResponse, CheckStatusResponse } from '@megacampus/domain/api';
import { getDeps } from '@/deps.ts';
import { describeActivity } from '@/http/course-activity.ts';
import { describeStatus } from '@/http/course-status.ts';

/** What check-status would answer, for the first view. The caller owns the course. Null when it has gone meanwhile. */
export async function readStatus(slug: string): Promise<CheckStatusResponse | null> {
  const { courseStates, orchestrator, log } = getDeps();
  const course = await courseStates.bySlug(slug);
  return course === null ? null : describeStatus(course, { ...orchestrator, log });
}

/** What the activity endpoint would answer. The caller owns the course. @throws UnavailableFault */
export async function readActivity(courseId: string): Promise<ActivityResponse> {
  return describeActivity(courseId, getDeps());
}

import type { Activity, CheckStatusResponse, Pace } from '@megacampus/domain/api';

/** How long a generation will probably take still, and what that is known from. */
export interface Estimate {
  readonly seconds: number;
  /** Its own lessons, or courses made before. */
  readonly by: 'own' | 'others';
}

/** Sources, a summary and a glossary of the whole course: about what a lesson takes. */
const FINALIZATION_LESSONS = 1;

/**
 * Measured, never guessed: by the pace of this generation's own lessons once two are done, else by that of the last
 * completed ones. Null while it waits in the queue, and as long as it is not known how many lessons there will be.
 */
export function estimate(
  status: CheckStatusResponse,
  activity: Activity | null,
  pace: Pace | null,
  nowMs: number,
): Estimate | null {
  const progress = status.generationProgress;
  const total = activity?.lessons.length ?? 0;
  if (!progress || !activity || total === 0 || status.queuePosition !== null || status.isStuck) return null;
  const done = activity.lessons.filter((lesson) => lesson.status !== 'pending').length;
  const left = total - done + (progress.current_step < 5 ? FINALIZATION_LESSONS : 0);
  const writingSince = progress.steps[3]?.started_at ?? null;
  if (done >= 2 && writingSince !== null) {
    const lastDoneMs = Math.max(
      ...activity.lessons.map(({ completedAt }) => (completedAt ? Date.parse(completedAt) : 0)),
    );
    const perLesson = (Math.max(lastDoneMs, 0) - Date.parse(writingSince)) / 1_000 / done;
    // What the next lesson has taken already is not to come again.
    const sinceLast = Math.max(0, (nowMs - lastDoneMs) / 1_000);
    if (perLesson > 0) return { seconds: Math.max(0, left * perLesson - Math.min(sinceLast, perLesson)), by: 'own' };
  }
  return pace === null ? null : { seconds: left * pace.perLesson, by: 'others' };
}

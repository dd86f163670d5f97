import type { Activity, IncidentKind } from '@megacampus/domain/api';
import type { GenerationProgress, Stage, StepId } from '@megacampus/domain/steps';

/** One line of the log of a generation. */
export type LogEntry = { readonly at: string } & (
  | { readonly kind: 'step_started' | 'step_completed' | 'step_failed'; readonly step: StepId }
  | { readonly kind: 'lesson_completed'; readonly position: number; readonly title: string }
  | { readonly kind: IncidentKind; readonly stage: Stage; readonly attempt: number }
  | { readonly kind: 'recovered' }
);

/** What happened, the latest first: made of the steps' times, the lessons' and the hitches', each kept once elsewhere. */
export function logEntries(progress: GenerationProgress | null, activity: Activity | null): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const { id, status, started_at, completed_at } of progress?.steps ?? []) {
    if (started_at !== null) entries.push({ kind: 'step_started', step: id, at: started_at });
    if (completed_at === null) continue;
    entries.push({ kind: status === 'failed' ? 'step_failed' : 'step_completed', step: id, at: completed_at });
  }
  for (const { position, title, completedAt } of activity?.lessons ?? []) {
    if (completedAt !== null) entries.push({ kind: 'lesson_completed', position, title, at: completedAt });
  }
  for (const { kind, stage, attempt, at } of activity?.incidents ?? []) entries.push({ kind, stage, attempt, at });
  for (const at of activity?.recoveries ?? []) entries.push({ kind: 'recovered', at });
  return entries
    .map((entry, index) => ({ entry, index, ms: Date.parse(entry.at) }))
    .toSorted((a, b) => b.ms - a.ms || b.index - a.index)
    .map(({ entry }) => entry);
}

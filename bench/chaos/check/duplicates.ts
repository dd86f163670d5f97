import type { LoggedEvent } from '../observe/aftermath.ts';
import { hasEnded, type Violation } from './violation.ts';

/** Each part of a generation's work was stored once, and what had ended did not come back. */
export function checkDuplicates(events: readonly LoggedEvent[]): Violation[] {
  const found: string[] = [];
  for (const { kind, generation_id, status_before, status_after } of events) {
    if (kind === 'moved' && hasEnded(status_before)) {
      found.push(`${generation_id} had ended as ${status_before} and became ${status_after}`);
    }
  }
  // The copy of a course of which one lesson is to be rewritten puts that lesson back to pending.
  const lessons = of(events, 'lesson written').filter(({ status_after }) => status_after !== 'pending');
  found.push(...repeated(lessons, ({ subject }) => `lesson ${subject}`, 'was written'));
  found.push(...repeated(of(events, 'outlined'), ({ generation_id }) => generation_id, 'was outlined'));
  found.push(...repeated(of(events, 'summarized'), ({ generation_id }) => generation_id, 'was summarized'));
  const completed = of(events, 'moved').filter(({ status_after }) => status_after === 'completed');
  found.push(...repeated(completed, ({ generation_id }) => generation_id, 'was completed'));
  return found.map((text) => ({ category: 'duplicated', text, mayPass: false }));
}

const of = (events: readonly LoggedEvent[], wanted: LoggedEvent['kind']) =>
  events.filter(({ kind }) => kind === wanted);

function repeated(events: readonly LoggedEvent[], nameOf: (event: LoggedEvent) => string, what: string): string[] {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(nameOf(event), (counts.get(nameOf(event)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([name, count]) => `${name} ${what} ${count} times`);
}

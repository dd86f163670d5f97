import type { Activity } from '@megacampus/domain/api';
import type { GenerationProgress } from '@megacampus/domain/steps';
import { expect, test } from 'vitest';
import { logEntries } from './log-entries.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const step = (id: number, started: number | null, completed: number | null, status = 'completed') => ({
  id,
  status,
  started_at: started === null ? null : at(started),
  completed_at: completed === null ? null : at(completed),
});

test('steps, lessons, hitches and recoveries are one log, the latest first', () => {
  const progress = { steps: [step(1, 0, 0), step(2, 0, 2), step(3, null, null)] } as unknown as GenerationProgress;
  const activity: Activity = {
    startedAt: at(0),
    lessons: [
      { position: 1, title: 'Первый', status: 'completed', completedAt: at(9) },
      { position: 2, title: 'Второй', status: 'pending', completedAt: null },
    ],
    incidents: [{ kind: 'retry', stage: 'text_generation', attempt: 1, at: at(5) }],
    recoveries: [at(3)],
  };
  expect(logEntries(progress, activity).map(({ kind }) => kind)).toEqual([
    'lesson_completed',
    'retry',
    'recovered',
    'step_completed',
    'step_started',
    'step_completed',
    'step_started',
  ]);
  expect(logEntries(null, null)).toEqual([]);
});

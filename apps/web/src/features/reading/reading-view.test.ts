import { expect, test } from 'vitest';
import { continueAt, toReading } from './reading-view.ts';

const lesson = (position: number, isFailed = false) => ({ position, title: '', durationMinutes: 5, isFailed });
const row = (position: number, readAt: string | null) => ({ position, readAt, last: null, best: null, total: null });
const lessons = [lesson(1), lesson(2), lesson(3, true), lesson(4), lesson(5)];
const at = (...read: ReturnType<typeof row>[]) => continueAt(lessons, toReading(read))?.position;

test('reading goes on after the lesson that was finished last, past what failed', () => {
  expect(at()).toBe(1);
  expect(at(row(1, '2026-01-01T00:00:00Z'))).toBe(2);
  expect(at(row(1, '2026-01-03T00:00:00Z'), row(2, '2026-01-02T00:00:00Z'))).toBe(4);
  expect(at(row(4, '2026-01-02T00:00:00Z'))).toBe(5);
});

test('what was left out comes after the end, and then the beginning', () => {
  expect(at(row(5, '2026-01-02T00:00:00Z'), row(1, '2026-01-01T00:00:00Z'))).toBe(2);
  const all = [1, 2, 4, 5].map((position) => row(position, '2026-01-01T00:00:00Z'));
  expect(at(...all)).toBe(1);
  expect(continueAt([], toReading([]))).toBeNull();
});

test('a lesson whose quiz alone was taken is not read', () => {
  const reading = toReading([{ position: 1, readAt: null, last: 1, best: 2, total: 3 }]);
  expect(reading.read.size).toBe(0);
  expect(reading.quizzes.get(1)).toEqual({ last: 1, best: 2, total: 3 });
});

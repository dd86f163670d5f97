import { expect, test } from 'vitest';
import { firstStage, percentageOf, readHasDocuments, STEP_IDS, statusOfStep, stepName } from './steps.ts';

test('a step in progress is in the middle of its fifth, a completed one at the end', () => {
  expect(STEP_IDS.map((id) => percentageOf(id, 'in_progress'))).toEqual([10, 30, 50, 60, 90]);
  expect(STEP_IDS.map((id) => percentageOf(id, 'completed'))).toEqual([20, 40, 60, 80, 100]);
});

test.each([
  [0, 3, 60],
  [1, 3, 66],
  [2, 3, 73],
  [3, 3, 80],
  [1, 300, 60],
  [15, 300, 61],
  [299, 300, 79],
  [300, 300, 80],
  [1, 1, 80],
])('with %i of %i lessons done it is %i', (done, total, percentage) => {
  expect(percentageOf(4, 'in_progress', { done, total })).toBe(percentage);
});

test('a wrong number of lessons leads out of no step', () => {
  expect(percentageOf(4, 'in_progress', { done: 5, total: 3 })).toBe(80);
  expect(percentageOf(4, 'in_progress', { done: 5, total: 0 })).toBe(60);
  expect(percentageOf(4, 'in_progress', { done: 0, total: -1 })).toBe(60);
});

test('lessons move step 4 only, and only while it is in progress', () => {
  const lessons = { done: 1, total: 3 };
  expect(STEP_IDS.map((id) => percentageOf(id, 'in_progress', lessons))).toEqual([10, 30, 50, 66, 90]);
  expect(percentageOf(4, 'completed', lessons)).toBe(80);
});

test('it never goes down on the way through the largest course', () => {
  const total = 300;
  const way = STEP_IDS.flatMap((id) => [
    percentageOf(id, 'in_progress'),
    ...(id === 4
      ? Array.from({ length: total + 1 }, (_, done) => percentageOf(id, 'in_progress', { done, total }))
      : []),
    percentageOf(id, 'completed'),
  ]);
  expect(way).toEqual(way.toSorted((a, b) => a - b));
  expect(way.at(-1)).toBe(100);
});

/** Contract §3, by hand: those in the code and in the database are only compared with each other. */
test.each([
  [1, 'Запуск генерации', 'initializing'],
  [3, 'Генерация структуры', 'generating_structure'],
  [4, 'Создание контента', 'generating_content'],
  [5, 'Финализация', 'finalizing'],
] as const)('step %i is called «%s»', (id, name, status) => {
  for (const hasDocuments of [true, false]) {
    expect(stepName(id, hasDocuments)).toBe(name);
    expect(statusOfStep(id, hasDocuments)).toBe(status);
  }
});

test('step 2 depends on whether there are documents', () => {
  expect([stepName(2, true), statusOfStep(2, true)]).toEqual(['Обработка документов', 'processing_documents']);
  expect([stepName(2, false), statusOfStep(2, false)]).toEqual(['Анализ задачи', 'analyzing_task']);
  expect([firstStage(true), firstStage(false)]).toEqual(['document_processing', 'structure_analysis']);
});

test.each([
  [{ files: [{}] }, true, false],
  [{ files: [] }, false, false],
  [{ files: null }, false, false],
  [{}, false, false],
  [null, false, false],
  [undefined, false, false],
  [{ files: 'a.pdf' }, false, true],
  [{ files: { 0: 'a.pdf' } }, false, true],
  [[], false, true],
  ['{}', false, true],
])('progress %j: documents %s, malformed %s', (progress, hasDocuments, malformed) => {
  expect(readHasDocuments(progress)).toEqual({ hasDocuments, malformed });
});

import { GENERATE_TEXTS } from '@megacampus/domain/api';
import { expect, test } from 'vitest';
import type { Aftermath } from '../observe/aftermath.ts';
import { aftermath, answer, COURSE, course, event, GENERATION, refusal } from '../testing/evidence.ts';
import type { Answer } from '../users.ts';
import { checkAnswers } from './answers.ts';

const found = (changes: Partial<Answer>, after: Partial<Aftermath> = {}) =>
  checkAnswers([answer(changes)], aftermath(after)).map(({ text }) => text);

test('what the contract has for an admission, a rewriting and a cancel is well', () => {
  expect(found({})).toEqual([]);
  expect(found({ kind: 'rewrite' })).toEqual([]);
  expect(found(refusal(503))).toEqual([]);
  expect(found(refusal(429))).toEqual([]);
  expect(found({ kind: 'cancel', ...refusal(409) })).toEqual([]);
  const details = { reason: 'generation_in_progress', jobId: GENERATION };
  expect(found({ kind: 'rewrite', ...refusal(409, GENERATE_TEXTS.inProgress, details) })).toEqual([]);
});

test('no answer, and what the Supabase API says, is not judged', () => {
  expect(found({ status: 0, body: '', generationId: null })).toEqual([]);
  expect(found({ kind: 'delete', status: 204, body: '', generationId: null })).toEqual([]);
});

test.for<[string, Partial<Answer>, string]>([
  ['an admission without an id', { body: { success: true, message: GENERATE_TEXTS.admitted } }, 'jobId'],
  ['an admission with a page for a body', { body: '<html>' }, '<html>'],
  ['a refusal without a request id', { status: 503, body: { error: 'No' } }, 'requestId'],
  ['a limit without its numbers', refusal(429, 'No', { reason: 'user_limit' }), 'user_limit'],
  ['a conflict without the other generation', refusal(409, GENERATE_TEXTS.inProgress), 'expected object'],
  ['a cancel with the answer of an admission', { kind: 'cancel' }, 'slug'],
])('%s is not what the contract has', ([, changes, what]) => {
  const [text = ''] = found(changes);
  expect(text).toContain(`of course ${COURSE} was answered with ${changes.status ?? 200} and`);
  expect(text).toContain(what);
});

test.for([401, 403, 404])('an owner is not answered with %s while the course is there', (status) => {
  expect(found(refusal(status))).toEqual([`admit of course ${COURSE}, by its owner, was answered with ${status}`]);
});

test('a deleted course is not found, nor a lesson that is no longer shown', () => {
  expect(found(refusal(404), { courses: [] })).toEqual([]);
  expect(found(refusal(401), { courses: [] })).toHaveLength(1);
  const rewrite = (error: string) => found({ kind: 'rewrite', ...refusal(404, error) });
  expect(rewrite(GENERATE_TEXTS.lessonNotFound)).toEqual([]);
  expect(rewrite(GENERATE_TEXTS.notFound)).toHaveLength(1);
});

test('a course in the trash is not found', () => {
  expect(found(refusal(404), { courses: [course({ trashed: true })] })).toEqual([]);
});

/** What the page's action answered, after which the course is there, in the trash or gone. */
const thrownAway = (text: string, courses: Aftermath['courses'], status = 200) =>
  found({ kind: 'trash', status, body: `0:{"a":"$@1"}\n1:${text}\n`, generationId: null }, { courses });
const [there, trashed] = [course(), course({ trashed: true })];

test('a course that was thrown away is in the trash, or gone since', () => {
  expect(thrownAway('"trashed"', [trashed])).toEqual([]);
  expect(thrownAway('"trashed"', [])).toEqual([]);
  expect(thrownAway('"not_found"', [])).toEqual([]);
  expect(thrownAway('"failed"', [there])).toEqual([]);
  expect(thrownAway('', [there], 503)).toEqual([]);
  expect(thrownAway('"trashed"', [there])).toEqual([
    `putting course ${COURSE} into the trash was answered with trashed, and it is not`,
  ]);
  expect(thrownAway('"not_found"', [there])).toHaveLength(1);
  expect(thrownAway('"not_found"', [trashed])).toHaveLength(1);
  expect(thrownAway('"in_flight"', [there])).toHaveLength(1);
  expect(thrownAway('"something else"', [trashed])).toHaveLength(1);
  expect(thrownAway('', [there], 403)).toHaveLength(1);
});

const body = { success: true, message: 'Cancelled', slug: 'course' };
/** Of the story's course, 20 ms long; it is completed at 30. */
const cancelled = (atMs: number, ...ends: string[]) =>
  found(
    { kind: 'cancel', body, generationId: null, atMs },
    { events: ends.map((status_after, index) => event('moved', { at_ms: 30 + index, status_after })) },
  );

test('a cancel that was answered with 200 has cancelled the generation then', () => {
  expect(cancelled(20, 'cancelled')).toEqual([]);
  expect(cancelled(20, 'completed')).toEqual([
    `cancel of course ${COURSE} was answered with 200 and ${GENERATION} was completed`,
  ]);
  for (const atMs of [5, 31]) {
    expect(cancelled(atMs, 'cancelled')).toEqual([
      `cancel of course ${COURSE} was answered with 200 and nothing of it was`,
    ]);
  }
  expect(cancelled(31, 'completed')).toHaveLength(1);
});

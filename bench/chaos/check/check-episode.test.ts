import { expect, test } from 'vitest';
import type { Aftermath } from '../observe/aftermath.ts';
import type { Snapshot } from '../observe/snapshot.ts';
import {
  aftermath,
  answer,
  COURSE,
  course,
  event,
  GENERATION,
  generation,
  lesson,
  refusal,
  STORY,
  USER,
  written,
} from '../testing/evidence.ts';
import type { Answer } from '../users.ts';
import { checkEpisode } from './check-episode.ts';

const limits = { global: 2, users: new Map([[USER, 1]]) };

/** The violations, as `category: text`. */
function found(changes: Partial<Aftermath>, answers: readonly Answer[] = [answer()], snapshots: Snapshot[] = []) {
  const evidence = { answers, aftermath: aftermath(changes), snapshots, limits };
  return checkEpisode(evidence).map(({ category, text }) => `${category}: ${text}`);
}

test('after an episode in which all went well nothing is found', () => {
  expect(found({})).toEqual([]);
});

test('a generation that was answered with 200 and never recorded is lost, unless its course was deleted', () => {
  const gone = { generations: [], lessons: [], events: [] };
  const never = course({ generation_id: null, generation_status: null });
  expect(found({ ...gone, courses: [never] })).toEqual([
    `lost: ${GENERATION} was answered with 200 and is not recorded`,
  ]);
  expect(found({ ...gone, courses: [] })).toEqual([]);
});

test('an admission that was answered with 200 and taken back is lost; one that was refused may be', () => {
  const undone = {
    generations: [generation({ status: 'failed', error: 'exhausted', undone: true })],
    courses: [course({ generation_id: null, generation_status: null })],
  };
  expect(found(undone)).toEqual([`lost: ${GENERATION} was answered with 200 and then taken back`]);
  expect(found(undone, [answer(refusal(500))])).toEqual([]);
});

test('a generation still in flight is lost, with its job or without', () => {
  const running = {
    generations: [generation({ status: 'finalizing', overview: null })],
    courses: [course({ generation_status: 'finalizing' })],
  };
  expect(found(running)).toContain(`lost: ${GENERATION} is still finalizing, without a job`);
  const jobs = [{ id: GENERATION, generationId: GENERATION, state: 'delayed' as const, pid: null }];
  expect(found({ ...running, jobs })).toContain(`lost: ${GENERATION} is still finalizing, with a job`);
});

test('a failure needs a reason', () => {
  const failed = { courses: [course({ generation_status: 'failed' })] };
  expect(found({ ...failed, generations: [generation({ status: 'failed' })] })).toEqual([
    `lost: ${GENERATION} failed without a reason`,
  ]);
  expect(
    found({ ...failed, generations: [generation({ status: 'failed', error: 'The document is empty.' })] }),
  ).toEqual([]);
});

test('a course shows the state of its generation', () => {
  expect(found({ courses: [course({ generation_status: 'cancelled' })] })).toEqual([
    `lost: course ${COURSE} shows cancelled, and its generation is completed`,
  ]);
});

test.for([
  ['a lesson that is gone', { lessons: [] }, 'has 0 of 1 lessons'],
  ['a lesson that is not done', { lessons: [lesson({ status: 'pending' })] }, 'has lesson lesson-1 still pending'],
  ['nothing but failed lessons', { lessons: [lesson({ status: 'failed' })] }, 'has no lesson that is completed'],
  ['no summary', { generations: [generation({ overview: ' ' })] }, 'has no summary'],
] as const)('a completed course with %s is lost', ([, changes, text]) => {
  expect(found(changes)).toContain(`lost: ${GENERATION} is completed and ${text}`);
});

test.for([
  ['a lesson', [written], 'lesson lesson-1 was written 2 times'],
  ['an outline', [event('outlined')], `${GENERATION} was outlined 2 times`],
  ['a summary', [event('summarized')], `${GENERATION} was summarized 2 times`],
  [
    'a completion',
    [event('moved', { status_before: 'finalizing', status_after: 'completed' })],
    `${GENERATION} was completed 2 times`,
  ],
  [
    'an ended generation moved on',
    [event('moved', { status_before: 'completed', status_after: 'failed' })],
    `${GENERATION} had ended as completed and became failed`,
  ],
] as const)('%s that was stored again is duplicated', ([, again, text]) => {
  expect(found({ events: [...STORY, ...again] })).toContain(`duplicated: ${text}`);
});

const other = (id: string, userId: string, fromMs: number, toMs: number) => [
  event('made', { at_ms: fromMs, generation_id: id, user_id: userId, status_after: 'initializing' }),
  event('moved', {
    ...{ at_ms: toMs, generation_id: id, user_id: userId, status_before: 'finalizing', status_after: 'cancelled' },
  }),
];

test('two generations in flight of a user who may have one are over-admitted; one after the other they are not', () => {
  expect(found({ events: [...STORY, ...other('second', USER, 29, 40)] })).toEqual([
    `overAdmitted: user ${USER} had more than 1 generations in flight`,
  ]);
  expect(found({ events: [...STORY, ...other('second', USER, 30, 40)] })).toEqual([]);
});

test('more generations in flight than all users together may have are over-admitted', () => {
  const users = new Map([...limits.users, ['user-2', 1], ['user-3', 1]]);
  const events = [...STORY, ...other('second', 'user-2', 11, 40), ...other('third', 'user-3', 12, 40)];
  const evidence = { answers: [], aftermath: aftermath({ events }), snapshots: [], limits: { global: 2, users } };
  expect(checkEpisode(evidence).map(({ text }) => text)).toEqual([
    'more than 2 generations were in flight over all users',
  ]);
});

test('a row that records an admission taken back was never in flight', () => {
  const undone = event('made', { at_ms: 20, generation_id: 'undone', status_after: 'failed' });
  expect(found({ events: [...STORY, undone] })).toEqual([]);
});

test('slots held above a limit count when they stay', () => {
  const leases = ['a', 'b'].map((id) => ({ courseId: id, userId: USER, generationId: id, reservedAtMs: 0 }));
  const look = (takenAtMs: number, held: typeof leases): Snapshot => ({
    takenAtMs,
    leases: held,
    jobs: [],
    inFlight: [],
  });
  expect(found({}, [], [look(0, leases), look(1_000, []), look(2_000, leases)])).toEqual([]);
  expect(found({}, [], [look(0, leases), look(1_000, leases), look(2_000, leases)])).toEqual([
    `overAdmitted: user ${USER} had more than 1 generations in flight, by their slots`,
  ]);
});

const QUEUE = '{coursegen}:course-generation';

test('a slot, a job or a key that stays is leaked', () => {
  const leases = [{ courseId: COURSE, userId: USER, generationId: GENERATION, reservedAtMs: 0 }];
  expect(found({ leases })).toEqual([`leaked: ${GENERATION} holds the slot of course ${COURSE}`]);
  const jobs = [{ id: 'job-1', generationId: GENERATION, state: 'active' as const, pid: 1 }];
  expect(found({ jobs })).toEqual(['leaked: job job-1 is active']);
  const [ofJob, ofUser] = [`${QUEUE}:job-1`, '{coursegen}:slots:user:1'];
  for (const name of [ofJob, ofUser]) {
    for (const expires of [true, false]) {
      expect(found({ keys: [{ name, expires }] })).toEqual([`leaked: key ${name} is left over`]);
    }
  }
});

test.for(['rate:generate:1', 'model-health:1', 'spent-ticket:1'])(
  'a key such as %s may be there if it ends',
  (rest) => {
    const name = `{coursegen}:${rest}`;
    expect(found({ keys: [{ name, expires: true }] })).toEqual([]);
    expect(found({ keys: [{ name, expires: false }] })).toEqual([`leaked: key ${name} never ends`]);
  },
);

test('jobs that have ended are kept with their logs: all that failed, and the last hundred that were completed', () => {
  const completed = Array.from({ length: 100 }, (_, index) => `job-${index}`);
  const kept = [...completed, 'bad'].flatMap((id) => [`${QUEUE}:${id}`, `${QUEUE}:${id}:logs`]);
  const names = [...kept, `${QUEUE}:events`, `${QUEUE}:completed`, '{coursegen}:workers'];
  const keys = names.map((name) => ({ name, expires: false }));
  expect(found({ ended: { completed, failed: ['bad'] }, keys })).toEqual([]);
  const ended = { completed: [...completed, 'job-100'], failed: [] };
  expect(found({ ended })).toEqual(['leaked: 101 completed jobs are kept']);
});

test('a copy of a course with one lesson rewritten is whole, and nothing in it was written twice', () => {
  const id = { generation_id: 'rewriting' };
  const copied = (subject: string) => event('lesson made', { ...id, subject, status_after: 'completed' });
  const events = [
    ...STORY,
    event('made', { ...id, at_ms: 40, status_after: 'initializing' }),
    ...[copied('kept'), copied('rewritten')],
    event('lesson written', { ...id, subject: 'rewritten', status_before: 'completed', status_after: 'pending' }),
    event('lesson written', {
      ...id,
      subject: 'rewritten',
      status_before: 'pending',
      status_after: 'completed',
    }),
    event('moved', { ...id, at_ms: 50, status_before: 'finalizing', status_after: 'completed' }),
  ];
  const lessons = [lesson(), lesson({ ...id, id: 'kept' }), lesson({ ...id, id: 'rewritten' })];
  const generations = [generation(), generation({ id: 'rewriting' })];
  const courses = [course({ generation_id: 'rewriting' })];
  expect(found({ events, lessons, generations, courses })).toEqual([]);
  expect(found({ events, lessons: lessons.slice(0, 2), generations, courses })).toEqual([
    'lost: rewriting is completed and has 1 of 2 lessons',
  ]);
});

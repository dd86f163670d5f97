/**
 * Named points at which a process is killed: right after a server has done what was asked, before the process hears of
 * it. They are recognised from outside, by what passes between the app and its server, so the product has no hooks.
 */
export interface Point {
  readonly of: 'web' | 'worker';
  readonly server: 'redis' | 'supabase';
  /** Whether this answer is the point. `asked`: what was sent since the last answer. */
  is(asked: string, answer: string): boolean;
  /** Where the process hears the answer and dies up to this many ms later, in the middle of what it does next. */
  readonly livesOnMs?: number;
}

export type PointName = keyof typeof POINTS;

/**
 * A function of the database with these arguments: in JSON through the REST API, or as a statement of that name, each
 * argument behind its length.
 */
const rpc = (name: string, args: Readonly<Record<string, number | string>> = {}): Point['is'] => {
  const inJson = Object.entries(args).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  const inStatement = Object.values(args).map((value) => `\0\0\0${String.fromCharCode(`${value}`.length)}${value}`);
  return (asked) =>
    (asked.includes(`/rest/v1/rpc/${name} `) && inJson.every((argument) => asked.includes(argument))) ||
    (asked.includes(`${name}:`) && inStatement.every((argument) => asked.includes(argument)));
};

/** A script is sent by its hash; its source only to a Redis that does not know it yet, which answers NOSCRIPT first. */
const script =
  (marks: readonly string[]): Point['is'] =>
  (asked, answer) =>
    !answer.startsWith('-NOSCRIPT') && marks.every((mark) => asked.includes(mark));

/** `reserve.lua` is the only script that touches the global limit's key; `release.lua` has no number among its arguments. */
const RESERVE = [':slots:course:', ':limits:global'];
const ADD_JOB = ['"jobType":"'];

export const POINTS = {
  'after reserve': { of: 'web', server: 'redis', is: script(RESERVE) },
  'after enqueue': { of: 'web', server: 'redis', is: script(ADD_JOB) },
  'after the commit of step 1': { of: 'web', server: 'supabase', is: rpc('update_course_progress', { p_step_id: 1 }) },
  'after the commit of a cancel': { of: 'web', server: 'supabase', is: rpc('cancel_generation') },
  'after the commit of a document’s passages': { of: 'worker', server: 'supabase', is: rpc('replace_chunks') },
  'after the commit of the outline': { of: 'worker', server: 'supabase', is: rpc('save_outline') },
  'after enqueueing lessons': { of: 'worker', server: 'redis', is: script(['"jobType":"text_generation"']) },
  'in the middle of a lesson': { of: 'worker', server: 'supabase', is: rpc('load_lesson_input'), livesOnMs: 60 },
  'after the commit of a lesson': { of: 'worker', server: 'supabase', is: rpc('save_lesson') },
  'during finalization': { of: 'worker', server: 'supabase', is: rpc('load_finished_work'), livesOnMs: 60 },
  'after the commit of the summary': { of: 'worker', server: 'supabase', is: rpc('save_summary') },
  'after the commit of the completion': {
    of: 'worker',
    server: 'supabase',
    is: rpc('update_course_progress', { p_step_id: 5, p_status: 'completed' }),
  },
  'after a job was marked done': {
    of: 'worker',
    server: 'redis',
    // BullMQ's moveToFinished names both.
    is: script([':course-generation:stalled', ':course-generation:completed']),
  },
  'during reconcile': { of: 'worker', server: 'supabase', is: rpc('list_in_flight'), livesOnMs: 40 },
} as const satisfies Record<string, Point>;

export const POINT_NAMES = Object.keys(POINTS) as PointName[];

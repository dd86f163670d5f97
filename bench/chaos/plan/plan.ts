import { TIERS, type Tier } from '@megacampus/domain/tiers';
import { drawFault, type Fault } from './faults.ts';
import { createRandom, type Random } from './random.ts';

/** What one user does to one course, `atMs` after the episode's start. */
export interface Action {
  readonly atMs: number;
  /** `rewrite`: of one lesson, once the course has any. `trash`: as the page does it; `delete`: for good, past the web app. */
  readonly kind: 'admit' | 'cancel' | 'delete' | 'rewrite' | 'trash';
  /** Index into `courses`. */
  readonly course: number;
  /** Which of the two web processes is asked. */
  readonly web: number;
}

export interface PlannedCourse {
  /** Index into the users of the world, of which there are `USERS`. */
  readonly user: number;
  readonly lessons: number;
  readonly withDocument: boolean;
}

/** All that happens in one episode, a pure function of seed, number and most courses. Times are in ms since its start. */
export interface EpisodePlan {
  readonly seed: string;
  readonly number: number;
  readonly courses: readonly PlannedCourse[];
  readonly actions: readonly Action[];
  readonly faults: readonly Fault[];
}

/** Two users of each tier. */
export const USERS: readonly Tier[] = [...TIERS, ...TIERS];

/** Of an episode: six users with two courses each. */
export const MOST_COURSES = 12;

/** Generations that may be in flight over all users: fewer than there are courses, so that somebody is in the way of others. */
export const globalLimitFor = (mostCourses: number) => Math.max(1, Math.min(5, mostCourses - 1));

/** Actions and the beginnings of faults fall into this time. */
export const WINDOW_MS = 4_000;

const DOCUMENT_TIERS: readonly Tier[] = ['STANDARD', 'TRIAL', 'PREMIUM'];

export function planEpisode(seed: string, number: number, mostCourses = MOST_COURSES): EpisodePlan {
  const random = createRandom(`${seed}/${number}`);
  const courses = Array.from({ length: random.whole(3, 6) }, () => random.whole(0, USERS.length - 1))
    .flatMap((user) => Array.from({ length: random.whole(1, 2) }, () => drawCourse(random, user)))
    .slice(0, mostCourses);
  const actions = courses.flatMap((_, course) => drawActions(random, course));
  const faults = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => drawFault(random, WINDOW_MS));
  const inOrder = <T extends { readonly atMs: number }>(list: T[]) => list.sort((a, b) => a.atMs - b.atMs);
  return { seed, number, courses, actions: inOrder(actions), faults: inOrder(faults) };
}

function drawCourse(random: Random, user: number): PlannedCourse {
  const mayHaveDocument = DOCUMENT_TIERS.includes(USERS[user] ?? 'FREE');
  // Most are small, so that there are many of them; some have more lessons than are queued at once.
  const lessons = random.chance(0.2) ? random.whole(9, 16) : random.whole(2, 6);
  return { user, lessons, withDocument: random.chance(0.3) && mayHaveDocument };
}

/** An admission, perhaps clicked twice, perhaps cancelled, thrown away or asked for again while it runs or later. */
function drawActions(random: Random, course: number): Action[] {
  const atMs = Math.round(random.fraction() * WINDOW_MS * 0.6);
  const later = (longestMs: number) => atMs + random.whole(0, longestMs);
  const act = (kind: Action['kind'], when: number): Action => ({ atMs: when, kind, course, web: random.whole(0, 1) });
  const actions = [act('admit', atMs)];
  if (random.chance(0.25)) actions.push(act('admit', later(60)));
  if (random.chance(0.3)) actions.push(act('cancel', later(2_500)));
  if (random.chance(0.4)) actions.push(act('admit', later(3_500)));
  if (random.chance(0.4)) actions.push(act('rewrite', later(4_000)));
  if (random.chance(0.2)) actions.push(act(random.pick(['trash', 'delete']), later(3_000)));
  return actions;
}

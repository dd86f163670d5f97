import { setTimeout as pause } from 'node:timers/promises';
import { tierPolicy } from '@megacampus/domain/tiers';
import { checkEpisode } from './check/check-episode.ts';
import { checkContent } from './check/content.ts';
import type { Limits } from './check/limits.ts';
import { recoveryOf, type Wound } from './check/recovery.ts';
import type { Violation } from './check/violation.ts';
import { type Course, courseName, makeCourse } from './courses.ts';
import { type Aftermath, readAftermath } from './observe/aftermath.ts';
import { readContent } from './observe/content.ts';
import { startSampler } from './observe/sampler.ts';
import type { Snapshot } from './observe/snapshot.ts';
import { type Fault, pointOf } from './plan/faults.ts';
import type { EpisodePlan } from './plan/plan.ts';
import type { EpisodeResult, Strike } from './result.ts';
import { strike } from './strike.ts';
import { type Answer, act } from './users.ts';
import type { World } from './world/world.ts';

/** Longest that a healed world may take to come to rest: the courses of an episode take a tenth of that undisturbed. */
const REST_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 250;

/** Runs one episode: users and faults at their times, then healing, rest, and a look at what is left. */
export async function runEpisode(world: World, plan: EpisodePlan): Promise<EpisodeResult> {
  const startedAtMs = Date.now();
  const name = `${plan.seed} episode ${plan.number}`;
  world.note(`${name} begins`);
  const courses = await Promise.all(
    plan.courses.map((course, index) => makeCourse(world, course, courseName(plan.number, index + 1))),
  );
  const sampler = startSampler(world.direct);
  const { answers, struck } = await play(world, plan, courses);
  world.note(`${name}: faults are over`);
  await world.heal();
  const healedAtMs = Date.now();
  const ids = courses.map(({ id }) => id);
  const check = async () => {
    const aftermath = await readAftermath(world.direct, ids);
    const evidence = { answers, aftermath, snapshots: sampler.snapshots, limits: limitsOf(world) };
    const violations = checkEpisode(evidence);
    if (!violations.some(({ mayPass }) => mayPass)) {
      violations.push(...(await checkContent(await readContent(world.direct, ids), courses)));
    }
    return { aftermath, violations };
  };
  const { aftermath, violations } = await untilRest(check);
  const restMs = Date.now() - healedAtMs;
  await sampler.stop();
  world.note(`${name} ends with ${violations.length} violations`);
  return {
    ...{ plan, answers, violations, restMs, durationMs: Date.now() - startedAtMs },
    endings: countEndings(aftermath),
    strikes: strikesOf(struck, sampler.snapshots),
  };
}

async function play(
  world: World,
  plan: EpisodePlan,
  courses: readonly Course[],
): Promise<{ answers: Answer[]; struck: Struck[] }> {
  const answers: Answer[] = [];
  const struck: Struck[] = [];
  const acting = plan.actions.map(async (action) => {
    await pause(action.atMs);
    const course = courses[action.course];
    if (course !== undefined) answers.push(await act(world, action, course));
  });
  const striking = plan.faults.map(async (fault) => {
    await pause(fault.atMs);
    await strike(world, fault, (wound) => {
      struck.push({ fault, wound });
      world.note(`struck: ${JSON.stringify(fault)}`);
    });
  });
  await Promise.all([...acting, ...striking]);
  return { answers, struck };
}

interface Struck {
  readonly fault: Fault;
  readonly wound: Wound;
}

function strikesOf(struck: readonly Struck[], snapshots: readonly Snapshot[]): Strike[] {
  const wounds = struck.map(({ wound }) => wound);
  return struck.map(({ fault, wound }) => {
    const recovery = recoveryOf(wound, wounds, snapshots);
    return { kind: fault.kind, point: pointOf(fault), recovery };
  });
}

interface Look {
  readonly aftermath: Aftermath;
  readonly violations: readonly Violation[];
}

/** Looks until nothing is left that may still pass, for a bounded time. */
async function untilRest(look: () => Promise<Look>): Promise<Look> {
  const endsAtMs = Date.now() + REST_WITHIN_MS;
  for (;;) {
    const seen = await look().catch((err: unknown) => {
      if (Date.now() > endsAtMs) throw err;
      return null;
    });
    if (seen !== null && (!seen.violations.some(({ mayPass }) => mayPass) || Date.now() > endsAtMs)) return seen;
    await pause(LOOK_EVERY_MS);
  }
}

function limitsOf({ users, globalLimit }: World): Limits {
  return {
    global: globalLimit,
    users: new Map(users.map(({ userId, tier }) => [userId, tierPolicy(tier).concurrentGenerations])),
  };
}

function countEndings({ events }: Aftermath): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, status_after, status_before } of events) {
    const ending = kind === 'moved' ? status_after : kind === 'deleted' && status_before ? 'deleted' : null;
    if (ending === null || !['completed', 'failed', 'cancelled', 'deleted'].includes(ending)) continue;
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}

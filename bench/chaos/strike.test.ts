import { expect, test } from 'vitest';
import type { Wound } from './check/recovery.ts';
import { APPS, type Fault } from './plan/faults.ts';
import { strike } from './strike.ts';
import type { World } from './world/world.ts';

type Watch = (asked: string, answer: string) => 'pass' | 'hold';

/** Processes that are gone the moment they are killed; each passes on what `answer` is told on all its links. */
function startApps() {
  const watches = new Set<Watch>();
  const link = {
    watchAnswers(watch: Watch) {
      watches.add(watch);
      return () => watches.delete(watch);
    },
  };
  const running = new Map<string, number>();
  let lastPid = 0;
  const start = async (name: string) => void (running.has(name) || running.set(name, ++lastPid));
  const app = (name: string) => ({
    ...{ links: { redis: [link], supabase: [link] }, pid: () => running.get(name) ?? null },
    ...{ kill: () => running.delete(name), ended: async () => {}, start: () => start(name) },
  });
  for (const name of APPS) void start(name);
  return {
    world: { apps: Object.fromEntries(APPS.map((name) => [name, app(name)])) } as unknown as World,
    runs: () => APPS.filter((name) => running.has(name)),
    answer: (asked: string) => [...watches].map((watch) => watch(asked, '')),
  };
}

const during = { atMs: 0, lastsMs: 20 } as const;
const killAt = (point: Extract<Fault, { kind: 'kill-at' }>['point']): Fault => ({
  ...{ ...during, kind: 'kill-at', point, fraction: 0.5, downMs: 1 },
});

test.for([
  ['after enqueue', '"jobType":"', 'hold'],
  ['during reconcile', '/rest/v1/rpc/list_in_flight ', 'pass'],
] as const)('who is killed %s counts once and runs again', async ([point, asked, heard]) => {
  const { world, runs, answer } = startApps();
  const wounds: Wound[] = [];
  const striking = strike(world, killAt(point), (wound) => wounds.push(wound));
  const told = answer(asked);
  expect(told.filter((what) => what === heard).length).toBeGreaterThan(0);
  await striking;
  expect(wounds).toHaveLength(1);
  expect(wounds[0]?.deadPids).toHaveLength(1);
  expect(runs()).toEqual(APPS);
});

test('a point that nobody passes in time kills nobody', async () => {
  const { world, runs } = startApps();
  const wounds: Wound[] = [];
  await strike(world, killAt('after enqueue'), (wound) => wounds.push(wound));
  expect([wounds, runs()]).toEqual([[], APPS]);
});

test('a process that is dead already is not killed, and who has killed it brings it back', async () => {
  const { world, runs } = startApps();
  const wounds: Wound[] = [];
  const kill: Fault = { ...during, kind: 'kill', app: 'web-0' };
  const [first, second] = [1, 2].map(() => strike(world, kill, (wound) => wounds.push(wound)));
  await second;
  expect(runs()).not.toContain('web-0');
  await first;
  expect([wounds.length, runs()]).toEqual([1, APPS]);
});

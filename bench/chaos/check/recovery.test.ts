import { expect, test } from 'vitest';
import type { Job, Lease, Snapshot } from '../observe/snapshot.ts';
import { recoveryOf, type Wound } from './recovery.ts';

const DEAD = 7;
const lease: Lease = { courseId: 'c', userId: 'u', generationId: 'g', reservedAtMs: 0 };
const job = (state: Job['state'], pid: number | null = null, id = 'g.text_generation.1'): Job => ({
  ...{ id, generationId: 'g', state, pid },
});
const kill: Wound = { kind: 'kill', atMs: 100, deadPids: [DEAD] };

function look(takenAtMs: number, changes: Partial<Snapshot> = {}): Snapshot {
  return { takenAtMs, leases: [lease], jobs: [job('active', 8)], inFlight: [{ id: 'g', startedAtMs: 0 }], ...changes };
}
const struck = look(110, { jobs: [job('active', DEAD)] });

test('a killed worker is recovered from when its job is active elsewhere, not when it merely waits again', () => {
  const waiting = look(6_000, { jobs: [job('waiting')] });
  expect(recoveryOf(kill, [kill], [struck, waiting, look(6_500)])).toEqual({ kind: 'recovered', ms: 6_400 });
});

test('a job of the dead that has ended with its generation is recovered from too', () => {
  const over = look(900, { leases: [], jobs: [], inFlight: [] });
  expect(recoveryOf(kill, [kill], [struck, over])).toEqual({ kind: 'recovered', ms: 800 });
});

test('a slot reserved before the fault that has no generation must go, one reserved later does not count', () => {
  const bare = { jobs: [], inFlight: [] };
  const looks = [
    look(110, bare),
    look(9_000, bare),
    look(9_500, { ...bare, leases: [{ ...lease, reservedAtMs: 9_400 }] }),
  ];
  expect(recoveryOf(kill, [kill], looks)).toEqual({ kind: 'recovered', ms: 9_400 });
});

test.for([
  ['has no slot', { leases: [] }],
  ['has no job', { jobs: [] }],
  ['waits for its next attempt', { jobs: [job('delayed')] }],
] as const)('while a generation %s nothing is recovered', ([, changes]) => {
  const empty: Wound = { kind: 'empty-redis', atMs: 100, deadPids: [] };
  expect(recoveryOf(empty, [empty], [look(110, changes), look(700)])).toEqual({ kind: 'recovered', ms: 600 });
  expect(recoveryOf(empty, [empty], [look(110, changes)])).toEqual({ kind: 'never' });
});

test('a fault that hurt nothing says nothing about recovery', () => {
  expect(recoveryOf(kill, [kill], [look(110)])).toEqual({ kind: 'untouched' });
});

test('of faults that overlap neither is counted; one that was over before does not matter', () => {
  const later: Wound = { kind: 'cut', atMs: 3_000, deadPids: [] };
  expect(recoveryOf(kill, [kill, later], [struck, look(6_500)])).toEqual({ kind: 'overlapped' });
  const earlier: Wound = { kind: 'cut', atMs: 50, deadPids: [] };
  expect(recoveryOf(kill, [earlier, kill], [look(60), struck, look(6_500)])).toEqual({ kind: 'recovered', ms: 6_400 });
  const still = look(60, { jobs: [job('delayed')] });
  expect(recoveryOf(kill, [earlier, kill], [still, struck, look(6_500)])).toEqual({ kind: 'overlapped' });
});

import { expect, test } from 'vitest';
import { interruptionOf } from './interruption.ts';
import { RunningJobs } from './running-jobs.ts';

test('a cancel stops the jobs of its generation and no other', () => {
  const running = new RunningJobs();
  const mine = [running.add('a.1', 'a'), running.add('a.2', 'a')];
  const other = running.add('b.1', 'b');
  expect(running.interruptGeneration('a', 'cancelled')).toBe(2);
  expect(mine.map((job) => interruptionOf(job.signal)?.reason)).toEqual(['cancelled', 'cancelled']);
  expect(other.signal.aborted).toBe(false);
});

test('the first reason to stop is the one that counts', () => {
  const job = new RunningJobs().add('a.1', 'a');
  job.interrupt('deadline');
  job.interrupt('shutdown');
  expect(interruptionOf(job.signal)?.reason).toBe('deadline');
});

test('a job fetched while shutting down is handed straight back', () => {
  const running = new RunningJobs();
  running.shutDown();
  expect(interruptionOf(running.add('late', 'g').signal)?.reason).toBe('shutdown');
});

test('two runs of one job, one of them abandoned, are counted apart', async () => {
  const running = new RunningJobs();
  const first = running.add('a.1', 'a');
  const second = running.add('a.1', 'a');
  first.finished();
  expect(running.size).toBe(1);
  expect(running.interruptJob('a.1', 'lock_lost')).toBe(1);
  expect(second.signal.aborted).toBe(true);
});

test('draining resolves when the last job ends, or says that it did not', async () => {
  const running = new RunningJobs();
  const job = running.add('a.1', 'a');
  await expect(running.drained(5)).resolves.toBe(false);
  const drained = running.drained(5_000);
  job.finished();
  await expect(drained).resolves.toBe(true);
});

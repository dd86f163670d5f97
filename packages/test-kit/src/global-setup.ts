import type { LocalStack } from '@megacampus/stack/local-stack';
import type { TestProject } from 'vitest/node';
import { prepareThrowAwayStacks, startThrowAwayStack } from './own-stack.ts';

/** Shared by the projects of one run, each of which loads this module by itself. */
interface SharedStack {
  starting: Promise<{ readonly stack: LocalStack; readonly removeTemplate: () => void }>;
  users: number;
}
const shared = globalThis as typeof globalThis & { megacampusTestStack?: SharedStack };

/**
 * One throw-away stack for the whole run, whichever projects need it: free ports, a data folder that is gone
 * afterwards. Tests stay apart by using their own users, courses and Redis tags.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.megacampusTestStack ??= { starting: start(), users: 0 };
  const mine = shared.megacampusTestStack;
  mine.users += 1;
  const { stack, removeTemplate } = await mine.starting;
  const { stop: _stop, pids: _pids, ...addresses } = stack;
  project.provide('stack', addresses);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete shared.megacampusTestStack;
    await stack.stop();
    removeTemplate();
  };
}

async function start() {
  const removeTemplate = await prepareThrowAwayStacks();
  return { stack: await startThrowAwayStack(), removeTemplate };
}

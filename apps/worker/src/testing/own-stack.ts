import type { LocalStack } from '@megacampus/stack/local-stack';
import { borrowStack } from '@megacampus/test-kit/own-stack';
import { afterAll, beforeAll } from 'vitest';

/**
 * A stack of this file's own. A worker takes on every generation that is in flight in its database, so workers
 * under test must not share one with tests that make generations without wanting them to be run.
 */
export function useOwnStack(): () => LocalStack {
  let stack: LocalStack | undefined;
  beforeAll(async () => {
    stack = await borrowStack();
  });
  afterAll(() => stack?.stop());
  return () => {
    if (!stack) throw new Error('The stack is there once the tests run');
    return stack;
  };
}

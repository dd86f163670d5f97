import { defineConfig } from 'vitest/config';

const skipped = ['**/node_modules/**', '**/.next/**', '**/.local/**'];
const stack = './packages/test-kit/src/global-setup.ts';

/** One throw-away stack a run, made by the projects that need servers. A test that fails is not run again. */
export default defineConfig({
  test: {
    retry: 0,
    // Files share the modules they import, which are read once: nothing of a test may stay in one.
    isolate: false,
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,bench}/**/*.test.ts'],
          exclude: [...skipped, '**/*.integration.test.ts', '**/*.e2e.test.ts'],
          // Some judge how long a piece of work takes: no more of them than cores.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,bench}/**/*.integration.test.ts'],
          exclude: skipped,
          globalSetup: stack,
          // A quarter of their time is waiting for servers. More at once would be late where they judge how late one may be.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.e2e.test.ts'],
          exclude: skipped,
          globalSetup: stack,
          // A browser and its page keep two cores busy: more at once is slower, not faster.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

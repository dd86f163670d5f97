import { defineConfig, type Plugin } from 'vitest/config';
import { LongestFirst } from './packages/test-kit/src/longest-first.ts';

const skipped = ['**/node_modules/**', '**/.next/**', '**/.local/**'];
const stack = './packages/test-kit/src/global-setup.ts';

/** Libraries as they run in production: their development builds check themselves over and over. */
const productionBuilds: Plugin = {
  name: 'production-builds',
  configResolved({ ssr }) {
    const conditions = ssr.resolve?.conditions ?? [];
    conditions.splice(0, conditions.length, ...conditions.filter((name) => name !== 'development|production'));
  },
};

/** One throw-away stack a run, made by the projects that need servers. A test that fails is not run again. */
export default defineConfig({
  test: {
    retry: 0,
    // Files share the modules they import, which are read once: nothing of a test may stay in one.
    isolate: false,
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [productionBuilds],
        test: {
          name: 'unit',
          include: ['{apps,packages,bench}/**/*.test.ts'],
          exclude: [...skipped, '**/*.integration.test.ts', '**/*.e2e.test.ts'],
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,bench}/**/*.integration.test.ts'],
          exclude: skipped,
          globalSetup: stack,
          // They mostly wait for servers. More at once would be late where they judge how late one may be.
          maxWorkers: 4,
          // With the unit tests, whose work fills the time in which the last of these wait.
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
          // Pages keep two cores busy; a third file works while the others wait.
          maxWorkers: 3,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

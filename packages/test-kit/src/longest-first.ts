import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take a minute or nearly so. Begun last they would be alone at the end, with a core of nobody's. Those that
 * judge how late something may be are left where they are, since the campaign keeps the machine busy.
 */
const LONGEST = [
  'bench/chaos/main.integration.test.ts',
  'packages/stack/src/local-stack.integration.test.ts',
  'apps/web/src/http/attack/rate-limits.integration.test.ts',
  'apps/web/e2e/progress.e2e.test.ts',
  'apps/web/e2e/password.e2e.test.ts',
  'apps/web/e2e/accessibility.e2e.test.ts',
  'apps/web/e2e/reader.e2e.test.ts',
  'packages/generation/src/documents/real-books.test.ts',
  'packages/generation/src/extractive/extractive-engine.test.ts',
];

/** Runs the longest files of each project first, also in a fresh clone, which knows nothing of earlier runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) =>
      sorted.filter((file) => file.project === project).toSorted((a, b) => rank(a) - rank(b)),
    );
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? LONGEST.length : place;
}

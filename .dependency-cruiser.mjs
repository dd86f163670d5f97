/**
 * Imports go down only (docs/architecture.md): apps → orchestrator → queue, db → domain; generation → domain; log
 * from anywhere.
 */
const own = (name) => `^packages/${name}/`;
const tests = '(\\.test\\.tsx?$|/e2e/|/testing/|^packages/test-kit/|^bench/)';

/** What a package of the product may import from the workspace besides itself. */
const MAY_IMPORT = {
  domain: [],
  log: [],
  tracing: [],
  generation: ['domain', 'log'],
  queue: ['domain', 'log'],
  db: ['domain', 'log'],
  orchestrator: ['domain', 'log', 'queue', 'db'],
  stack: ['domain'],
  'test-kit': ['domain', 'stack'],
};

const direction = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `${name}-imports-down`,
  comment: `packages/${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing'} of the workspace.`,
  severity: 'error',
  from: { path: own(name), ...(name === 'test-kit' ? {} : { pathNot: tests }) },
  to: { path: '^(packages|apps)/', pathNot: [name, ...allowed].map(own) },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: "A cycle that is there at run time. Types are erased, and two files may name each other's.",
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-app-from-package',
      comment: 'A package knows no app, not even in its tests.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-app-from-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'test-kit is for tests; the stack is for tests and for npm start, never for the apps themselves.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: [tests, '^packages/stack/'] },
      to: { path: '^packages/(test-kit|stack)/' },
    },
    {
      name: 'toasts-by-our-own',
      comment: 'src/ui/toast.ts fetches what shows toasts; the library called by itself would say it to nobody.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '^apps/web/src/ui/toast' },
      to: { path: '(^|/)sonner(/|$)' },
    },
    {
      name: 'no-tests-imported',
      severity: 'error',
      from: {},
      to: { path: '\\.test\\.tsx?$' },
    },
    {
      name: 'only-what-is-exported',
      comment: 'A part of the workspace that is not in package.json, or not in the exports map.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^@megacampus/' },
    },
    ...direction,
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.local|node_modules/\\.cache)/|next-env\\.d\\.ts$' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'style'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
    tsConfig: { fileName: 'apps/web/tsconfig.json' },
    skipAnalysisNotInRules: true,
  },
};

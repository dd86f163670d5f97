import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryDir } from './paths.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly targets: readonly { readonly refId: string; readonly expr: string }[];
}

const read = (path: string) => readFileSync(join(repositoryDir, path), 'utf8');
const names = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(/megacampus_[a-z_]+/g) ?? []));
const unique = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);

const SOURCES = [
  'apps/web/src/http/web-metrics.ts',
  'apps/worker/src/admin/metrics.ts',
  'apps/worker/src/admin/redis-gauges.ts',
];
const SERVED = names(SOURCES.map(read));
const { groups } = parse(read('docs/monitoring/alerts.yml')) as { groups: { name: string; rules: Rule[] }[] };
const RULES = groups.flatMap(({ rules }) => rules);
const { panels: PANELS } = JSON.parse(read('docs/monitoring/grafana-dashboard.json')) as { panels: Panel[] };
const ALERT_QUERIES = RULES.map(({ expr }) => expr);
const PANEL_QUERIES = PANELS.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** The series of a histogram carry a suffix. */
const base = (name: string) => name.replace(/_(bucket|count|sum)$/, '');

test.each([
  ['the alert rules', ALERT_QUERIES],
  ['the dashboard', PANEL_QUERIES],
])('%s ask for metrics that the apps serve', (_, queries) => {
  const asked = [...names(queries)].map(base);
  expect(asked.length).toBeGreaterThan(4);
  expect(asked.filter((name) => !SERVED.has(name))).toEqual([]);
});

test('every metric of ours is on the dashboard', () => {
  const shown = new Set([...names(PANEL_QUERIES)].map(base));
  expect([...SERVED].filter((name) => !shown.has(name))).toEqual([]);
});

test.each([
  ['alert rules', ALERT_QUERIES],
  ['dashboard', PANEL_QUERIES],
])('no query of the %s is cut off: its brackets and quotes close', (_, queries) => {
  expect(queries.filter((query) => !isClosed(query))).toEqual([]);
});

test.each(RULES)('the alert $alert has a query, a severity and a summary', (rule) => {
  expect(rule).toMatchObject({
    alert: expect.stringMatching(/^[A-Z]\w+$/),
    expr: expect.stringMatching(/(==|>=?) \S/),
    labels: { severity: expect.stringMatching(/^(critical|warning)$/) },
    annotations: { summary: expect.stringMatching(/\w.*\.\s*$/) },
  });
  expect(rule.for ?? '0m').toMatch(/^\d+[smh]$/);
});

test('the operations guide says of every alert what it means and what to do, and of no other', () => {
  const [, section = ''] = read('docs/operations.md').split(/^### Alerts$/m);
  const [table = ''] = section.split(/^##/m);
  const rows = [...table.matchAll(/^\| (\w+) \| (?=\S)[^|]+ \| (?=\S)[^|]+ \|$/gm)].map(([, name]) => name);
  const alerts = RULES.map(({ alert }) => alert);
  unique(alerts);
  expect(rows.filter((name) => name !== 'alert').toSorted()).toEqual(alerts.toSorted());
});

test.each(PANELS)('panel $id, "$title", has a title, queries and the chosen source', (panel) => {
  expect(panel).toMatchObject({
    title: expect.stringMatching(/\w/),
    datasource: { type: 'prometheus', uid: expect.stringMatching(/^\$\{datasource\}$/) },
  });
  expect(panel.targets).not.toEqual([]);
  for (const { expr } of panel.targets) expect(expr).toMatch(/\w/);
  unique(panel.targets.map(({ refId }) => refId));
});

test('no two panels have one id or title', () => {
  unique(PANELS.map(({ id }) => id));
  unique(PANELS.map(({ title }) => title));
});

function isClosed(query: string): boolean {
  let rest = query.replace(/"[^"]*"/g, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '');
  }
  return !/[()[\]{}"]/.test(rest);
}

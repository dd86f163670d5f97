import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryDir } from './paths.ts';

const read = (path: string) => readFileSync(join(repositoryDir, path), 'utf8');
const names = (text: string) => new Set(text.match(/megacampus_[a-z_]+/g) ?? []);

const SOURCES = [
  'apps/web/src/http/web-metrics.ts',
  'apps/worker/src/admin/metrics.ts',
  'apps/worker/src/admin/redis-gauges.ts',
];
const SERVED = names(SOURCES.map(read).join(''));
const ALERTS = read('docs/monitoring/alerts.yml');
const DASHBOARD = read('docs/monitoring/grafana-dashboard.json');

/** The series of a histogram carry a suffix. */
const base = (name: string) => name.replace(/_(bucket|count|sum)$/, '');

test.each([
  ['the alert rules', ALERTS],
  ['the dashboard', DASHBOARD],
])('%s ask for metrics that the apps serve', (_, text) => {
  const asked = [...names(text)].map(base);
  expect(asked.length).toBeGreaterThan(4);
  expect(asked.filter((name) => !SERVED.has(name))).toEqual([]);
});

test('every metric of ours is on the dashboard', () => {
  const shown = new Set([...names(DASHBOARD)].map(base));
  expect([...SERVED].filter((name) => !shown.has(name))).toEqual([]);
});

test('every alert is explained in the operations guide', () => {
  const alerts = [...ALERTS.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
  const guide = read('docs/operations.md');
  expect(alerts.filter((name) => !guide.includes(`| ${name} |`))).toEqual([]);
});

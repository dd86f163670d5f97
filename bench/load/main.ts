/**
 * `pnpm bench`: measures the product against the least that could do the same, on servers of its own.
 *   --json         one object on stdout and nothing else
 *   --only <name>  only this measure; may be repeated
 *   --cluster      with a Redis Cluster of three servers in place of one Redis
 *   --quick        small samples: shows that all works, the figures are rough
 *   --report       also replaces the table at the end of docs/performance.md and the charts: so not with --only or --cluster
 *   --list         the names of the measures
 */
import { parseArgs } from 'node:util';
import type { Measure, Result, Size } from './measure.ts';
import { MEASURES } from './measures.ts';
import type { Chart } from './report/chart.ts';
import { toJson, toTable } from './report/table.ts';
import { writeReport } from './report/write-report.ts';
import { createWorld } from './world.ts';

// pnpm passes on the "--" that separates its own options from these.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    cluster: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const names = MEASURES.map(({ name, against }) => `  ${name.padEnd(20)} against ${against}`).join('\n');
const unknown = values.only?.find((name) => !MEASURES.some((one) => one.name === name));
if (unknown !== undefined) {
  console.error(`--only ${unknown}: there is\n${names}`);
  process.exitCode = 1;
} else if (values.report && (values.only !== undefined || values.cluster)) {
  console.error('--report writes the whole table of one Redis: neither --only nor --cluster goes with it');
  process.exitCode = 1;
} else if (values.list) {
  console.log(names);
} else {
  const { results, charts } = await measureAll(MEASURES.filter(({ name }) => values.only?.includes(name) ?? true));
  console.log(values.json ? JSON.stringify(toJson(results)) : toTable(results));
  if (values.report) writeReport(results, charts, values.quick);
}

async function measureAll(measures: readonly Measure[]): Promise<{ results: Result[]; charts: Chart[] }> {
  const size: Size = { quick: values.quick, pick: (quick, full) => (values.quick ? quick : full) };
  const results: Result[] = [];
  const charts: Chart[] = [];
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)));
  await using world = await createWorld({ cluster: values.cluster });
  for (const measure of measures) measure.begin?.(world, size);
  const aborted = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
  });
  aborted.catch(() => undefined);
  for (const measure of measures) {
    stop.signal.throwIfAborted();
    console.error(`${measure.name}…`);
    const outcome = await Promise.race([measure.run(world, size), aborted]);
    if ('results' in outcome) charts.push(...outcome.charts);
    results.push(...('results' in outcome ? outcome.results : outcome));
  }
  return { results, charts };
}

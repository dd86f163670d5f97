import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../measure.ts';
import { type Chart, toSvg } from './chart.ts';
import { toTable } from './table.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const [BEGIN, END] = ['<!-- speed: written by pnpm bench --report -->', '<!-- speed: end -->'];

/** Writes the figures between the two marks of docs/performance.md, and the charts into docs/images. */
export function writeReport(results: readonly Result[], charts: readonly Chart[], quick: boolean): void {
  const page = join(DOCS, 'performance.md');
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '# Performance\n';
  mkdirSync(join(DOCS, 'images'), { recursive: true });
  for (const chart of charts) writeFileSync(join(DOCS, 'images', `${chart.file}.svg`), toSvg(chart));
  writeFileSync(page, replaceBetween(before, figures(results, charts, quick)));
  console.error(`${page} is written.`);
}

/** The page with `content` between the marks; where there are none, at its end. */
export function replaceBetween(page: string, content: string): string {
  const marked = `${BEGIN}\n${content}\n${END}`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  return from < 0 || to < from
    ? `${page.trimEnd()}\n\n${marked}\n`
    : page.slice(0, from) + marked + page.slice(to + END.length);
}

function figures(results: readonly Result[], charts: readonly Chart[], quick: boolean): string {
  const [load] = loadavg();
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const samples = quick ? 'Small samples (`--quick`), so the figures are rough. ' : '';
  const intro = `${samples}Measured ${when} UTC on ${machine}, Node ${process.version}; at the end the load was ${load?.toFixed(1)}.`;
  const images = charts.map(({ title, file }) => `![${title}](images/${file}.svg)`);
  return ['', intro, '', toTable(results), ...(images.length > 0 ? ['', ...images] : []), ''].join('\n');
}

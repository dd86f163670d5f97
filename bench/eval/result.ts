import { ratioOf, type Share } from './metrics.ts';

/** What one case came to, as its process tells it. */
export interface CaseResult {
  readonly name: string;
  readonly engine: string;
  readonly lessons: number;
  readonly gates: Share;
  readonly failed: readonly string[];
  readonly headings: Share;
  readonly citations: Share;
  readonly duplicates: Share;
  readonly seconds: number;
  readonly tokens: number;
  readonly peakMb: number;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** The form of `--json`. Without headings or citations to speak of, their ratio is 1. */
export function toJson(engine: string, results: readonly CaseResult[]) {
  return {
    engine,
    cases: results.map((result) => ({
      name: result.name,
      gatesPassed: result.gates.part,
      gatesTotal: result.gates.whole,
      headingCoverage: round(ratioOf(result.headings), 4),
      citationValidity: round(ratioOf(result.citations), 4),
      duplicateRate: result.duplicates.whole === 0 ? 0 : round(ratioOf(result.duplicates), 4),
      seconds: round(result.seconds, 3),
      tokens: result.tokens,
      peakMb: round(result.peakMb, 1),
    })),
  };
}

const COLUMNS = ['case', 'lessons', 'gates', 'headings', 'citations', 'repeated', 'seconds', 'tokens', 'peak MB'];

/** A Markdown table, also good to read in a terminal. */
export function toTable(results: readonly CaseResult[]): string {
  const rows = results.map((result) => [
    result.name,
    String(result.lessons),
    `${result.gates.part}/${result.gates.whole}`,
    percent(result.headings),
    percent(result.citations),
    percent(result.duplicates),
    result.seconds.toFixed(2),
    String(result.tokens),
    result.peakMb.toFixed(0),
  ]);
  const widths = COLUMNS.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? '')].map(widthOf)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [COLUMNS, rule, ...rows].map(line).join('\n');
}

const widthOf = (cell: string) => cell.length;

function percent(share: Share): string {
  return share.whole === 0 ? '–' : `${(ratioOf(share) * 100).toFixed(1)} %`;
}

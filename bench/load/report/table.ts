import { type Measured, passes, type Result, type Target } from '../measure.ts';

/** The form that machines read. */
export function toJson(results: readonly Result[]) {
  return {
    measures: results.map((result) => ({
      name: result.name,
      ours: result.ours,
      theirs: result.theirs,
      ratio: result.ratio,
      target: result.target,
      pass: passes(result),
      ...(result.note === undefined ? {} : { note: result.note }),
    })),
  };
}

/** A Markdown table. */
export function toTable(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name + (result.note === undefined ? '' : ` (${result.note})`),
    inWords(result.ours),
    result.theirs === null ? '–' : inWords(result.theirs),
    result.ratio === null ? '–' : `${rounded(result.ratio)}×`,
    targetInWords(result.target),
    verdict(passes(result)),
  ]);
  return [
    '| measure | ours | theirs | ratio | target | met |',
    '|---|---:|---:|---:|---:|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function inWords({ value, p95, unit }: Measured): string {
  return `${rounded(value)} ${unit}${p95 === undefined ? '' : ` (p95 ${rounded(p95)})`}`;
}

/** Three digits are more than two runs agree on. */
function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function targetInWords(target: Target): string {
  if (target === null) return '–';
  return 'atLeast' in target ? `≥ ${target.atLeast}×` : `≤ ${target.atMost}×`;
}

function verdict(pass: boolean | null): string {
  if (pass === null) return 'shown';
  return pass ? 'yes' : 'no';
}

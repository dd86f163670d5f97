/** `npm test`: every test against real servers and a real browser, in a terminal or without one. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../browser.ts';
import { toolsDir } from '../paths.ts';
import { findRedis } from '../servers/redis-binary.ts';
import { bin, runProgram } from './run.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { status: string }[];
  }[];
}

const say = (line: string) => console.log(line);
const folder = mkdtempSync(join(tmpdir(), 'megacampus-report-'));
const reportFile = join(folder, 'report.json');
let code = 1;
let summary = '0 passed, 1 failed';
try {
  const redis = await findRedis(join(toolsDir, 'redis'), (_source, line) => say(line));
  const browser = await ensureBrowser(say);
  say(`Redis: ${redis.origin}. Browser: ${browser}.`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  code = await runProgram(bin('vitest'), ['run', ...reporters, ...process.argv.slice(2)], {
    env: { ...process.env, MEGACAMPUS_BROWSER: browser },
  });
  summary = summarize(code);
} catch (err) {
  console.error(err instanceof Error ? err.message : err);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(summary);
process.exitCode = code;

/** A file that could not be loaded, and a fault outside of any test, count as a failure each. */
function summarize(exitCode: number): string {
  const report: Report = JSON.parse(readFileSync(reportFile, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return `${report.numPassedTests} passed, ${exitCode !== 0 && failed === 0 ? 1 : failed} failed`;
}

/**
 * `pnpm eval`: makes a course from every case and measures it, with the extractive engine and, where AI_BASE_URL and
 * AI_MODEL are set, with the model too.
 *   --json            one object on stdout and nothing else; of the model where one is configured
 *   --engine <name>   only this engine: extractive or model
 *   --case <name>     only this case; may be repeated
 *   --report          also writes docs/eval-<engine>.md
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASES } from './cases.ts';
import { availableEngines, type EngineKind } from './engines.ts';
import { toReport } from './report.ts';
import { type CaseResult, toJson, toTable } from './result.ts';

// pnpm passes on the "--" that separates its own options from these.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    json: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    engine: { type: 'string' },
    case: { type: 'string', multiple: true },
  },
});

const available = availableEngines();
const wanted = values.engine === undefined ? available : available.filter((kind) => kind === values.engine);
if (wanted.length === 0) throw new Error(`--engine ${values.engine}: there is ${available.join(' and ')}`);
const unknown = values.case?.find((name) => !CASES.some((one) => one.name === name));
if (unknown !== undefined) throw new Error(`--case ${unknown}: there is ${CASES.map(({ name }) => name).join(', ')}`);
const cases = CASES.filter(({ name }) => values.case?.includes(name) ?? true);

for (const kind of values.json ? wanted.slice(-1) : wanted) {
  const results: CaseResult[] = [];
  for (const { name } of cases) {
    const result = await runCase(kind, name);
    if (result === null) process.exitCode = 1;
    else results.push(result);
  }
  const engine = results[0]?.engine ?? kind;
  console.log(values.json ? JSON.stringify(toJson(engine, results)) : `\n${engine}\n\n${toTable(results)}`);
  if (values.report) {
    const path = join(import.meta.dirname, `../../docs/eval-${kind}.md`);
    writeFileSync(path, toReport(engine, results, new Date().toISOString().slice(0, 10)));
    console.error(`${path} is written.`);
  }
}

/** Null when its process failed; why is on stderr. Its stdout is not ours, so that --json stays clean. */
async function runCase(kind: EngineKind, name: string): Promise<CaseResult | null> {
  console.error(`${kind}: ${name}…`);
  const child = fork(new URL('./run-case.process.ts', import.meta.url), [kind, name], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let result: CaseResult | null = null;
  child.on('message', (message) => {
    result = message as CaseResult;
  });
  const [code] = await once(child, 'exit');
  if (code === 0 && result !== null) return result;
  console.error(`${kind}: ${name} ended with ${code} and no result`);
  return null;
}

/**
 * `pnpm bench`: measures the product against the least that could do the same, on servers of its own.
 *   --json         one object on stdout and nothing else
 *   --only <name>  only this measure; may be repeated
 *   --quick        small samples: shows that all works, the figures are rough
 *   --growth       also what grows with workers, jobs and courses, as charts in docs/images
 *   --report       also writes the figures into docs/performance.md
 *   --list         the names of the measures
 */
import { parseArgs } from 'node:util';
import type { Result, Size } from './measure.ts';
import { MEASURES } from './measures.ts';
import { toJson, toTable } from './report/table.ts';
import { createWorld } from './world.ts';

// pnpm passes on the "--" that separates its own options from these.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const unknown = values.only?.find((name) => !MEASURES.some((one) => one.name === name));
if (unknown !== undefined || values.list) {
  const names = MEASURES.map(({ name, against }) => `  ${name.padEnd(20)} against ${against}`).join('\n');
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is\n${names}`);
  console.log(names);
  process.exit(0);
}

const size: Size = { quick: values.quick, pick: (quick, full) => (values.quick ? quick : full) };
const results: Result[] = [];
{
  await using world = await createWorld();
  for (const measure of MEASURES.filter(({ name }) => values.only?.includes(name) ?? true)) {
    console.error(`${measure.name}…`);
    results.push(...(await measure.run(world, size)));
  }
}
console.log(values.json ? JSON.stringify(toJson(results)) : toTable(results));

/**
 * `pnpm chaos`: users at work while processes die, servers fail and connections break; then nothing may be lost,
 * duplicated, leaked or over-admitted.
 *   --episodes <n>   how many (default 20)
 *   --seed <text>    what everything is derived from; a new one unless given
 *   --episode <k>    this one alone, to replay it; may be repeated
 *   --courses <n>    most courses of an episode (default 12); part of what an episode is derived from
 *   --worlds <n>     how many episodes run side by side, each with servers of its own (default 1): most of one is waiting
 *   --json           one object on stdout and nothing else
 * Exit code 1 when anything was violated (then the logs of all processes are kept), recovery after a kill took too long, or
 * of the kills that were planned none was measured.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { MOST_COURSES } from './plan/plan.ts';
import { describeCampaign, describeEpisode } from './report.ts';
import { isSound, summarize } from './result.ts';

// pnpm passes on the "--" that separates its own options from these.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    episodes: { type: 'string', default: '20' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    episode: { type: 'string', multiple: true },
    courses: { type: 'string', default: String(MOST_COURSES) },
    worlds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

const { seed } = values;
const all = Array.from({ length: wholeNumber('episodes', values.episodes) }, (_, index) => index + 1);
const episodes = values.episode?.map((text) => wholeNumber('episode', text)) ?? all;
const mostCourses = wholeNumber('courses', values.courses);
const worlds = wholeNumber('worlds', values.worlds);

// A second Ctrl-C ends at once; the processes of the world end with this one either way.
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    console.error('Ending after this episode; once more to end at once.');
  });
}

const given = mostCourses === MOST_COURSES ? '' : ` --courses ${mostCourses}`;
console.error(`seed ${seed}, ${episodes.length} episodes`);
const results = await runCampaign({
  ...{ seed, episodes, mostCourses, worlds, signal: stopping.signal },
  onEpisode(result, logDir) {
    console.error(describeEpisode(result));
    if (result.violations.length > 0) {
      console.error(`  logs: ${logDir}\n  again: pnpm chaos --seed ${seed} --episode ${result.plan.number}${given}`);
    }
  },
});
const summary = summarize(results);
const report = describeCampaign(summary, results);
console[values.json ? 'error' : 'log'](report);
if (values.json) console.log(JSON.stringify(summary));
process.exit(isSound(results) ? 0 : 1);

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`--${name} ${text}: a whole number from 1 on is needed`);
  return Number(text);
}

import { runEpisode } from './episode.ts';
import { globalLimitFor, planEpisode } from './plan/plan.ts';
import type { EpisodeResult } from './result.ts';
import { startWorld, type World } from './world/world.ts';

/** A world that has seen so many episodes, or is so old, is left for a new one: the access tokens of its users live an hour. */
const EPISODES_PER_WORLD = 100;
const WORLD_LIVES_MS = 40 * 60_000;

export interface CampaignOptions {
  readonly seed: string;
  readonly episodes: readonly number[];
  /** An episode has no more than these. */
  readonly mostCourses: number;
  /** How many worlds take episodes side by side; an episode is the same in whichever it runs. */
  readonly worlds: number;
  /** Ends the campaign after the episodes under way. */
  readonly signal: AbortSignal;
  readonly onEpisode: (result: EpisodeResult, logDir: string) => void;
}

/** Runs all episodes, and gives their results in the order of their numbers. */
export async function runCampaign(options: CampaignOptions): Promise<EpisodeResult[]> {
  const results: EpisodeResult[] = [];
  // All lanes draw from one list, so that none is idle while another has episodes waiting.
  const waiting = options.episodes[Symbol.iterator]();
  // A lane that fails ends the others after their episode.
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  const lanes = Array.from({ length: Math.min(options.worlds, options.episodes.length) }, async () => {
    try {
      for await (const result of runLane(waiting, { ...options, signal })) results.push(result);
    } catch (err) {
      failing.abort();
      throw err;
    }
  });
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.sort((a, b) => a.plan.number - b.plan.number);
}

/** Episodes one after the other in one world; after a violation, and now and then, in a new one. */
async function* runLane(
  waiting: Iterator<number>,
  { seed, mostCourses, signal, onEpisode }: CampaignOptions,
): AsyncGenerator<EpisodeResult> {
  let world: World | undefined;
  let seen = 0;
  let startedAtMs = 0;
  const leave = async (keepLogs: boolean) => {
    await world?.close();
    if (!keepLogs) world?.forgetLogs();
    world = undefined;
    seen = 0;
  };
  try {
    while (!signal.aborted) {
      const { value: number, done } = waiting.next();
      if (done) break;
      if (world === undefined) {
        world = await startWorld(globalLimitFor(mostCourses));
        startedAtMs = Date.now();
      }
      const result = await runEpisode(world, planEpisode(seed, number, mostCourses));
      onEpisode(result, world.logDir);
      yield result;
      seen += 1;
      const isBroken = result.violations.length > 0;
      const isOld = seen >= EPISODES_PER_WORLD || Date.now() - startedAtMs >= WORLD_LIVES_MS;
      if (isBroken || isOld) await leave(isBroken);
    }
    await leave(false);
  } catch (err) {
    await leave(true);
    throw err;
  }
}

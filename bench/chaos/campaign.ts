import { runEpisode } from './episode.ts';
import { planEpisode } from './plan/plan.ts';
import type { EpisodeResult } from './result.ts';
import { startWorld, type World } from './world/world.ts';

/** Access tokens live an hour, and a world that has seen this many episodes is half that old. */
const EPISODES_PER_WORLD = 100;

export interface CampaignOptions {
  readonly seed: string;
  readonly episodes: readonly number[];
  /** Ends the campaign after the episode under way. */
  readonly signal: AbortSignal;
  readonly onEpisode: (result: EpisodeResult, logDir: string) => void;
}

/** Runs episodes one after the other in one world; after a violation, and now and then, in a new one. */
export async function runCampaign({ seed, episodes, signal, onEpisode }: CampaignOptions): Promise<EpisodeResult[]> {
  const results: EpisodeResult[] = [];
  let world: World | undefined;
  let age = 0;
  const leave = async (keepLogs: boolean) => {
    await world?.close();
    if (!keepLogs) world?.forgetLogs();
    world = undefined;
    age = 0;
  };
  try {
    for (const number of episodes) {
      if (signal.aborted) break;
      world ??= await startWorld();
      const result = await runEpisode(world, planEpisode(seed, number));
      results.push(result);
      onEpisode(result, world.logDir);
      age += 1;
      const isBroken = result.violations.length > 0;
      if (isBroken || age >= EPISODES_PER_WORLD) await leave(isBroken);
    }
    await leave(false);
  } catch (err) {
    await leave(true);
    throw err;
  }
  return results;
}

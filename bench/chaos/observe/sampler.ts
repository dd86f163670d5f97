import { setTimeout as pause } from 'node:timers/promises';
import type { Direct } from '../world/servers.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';

const EVERY_MS = 100;

export interface Sampler {
  readonly snapshots: readonly Snapshot[];
  stop(): Promise<void>;
}

/** Looks again and again until stopped, and once more then. While a server does not answer there is nothing to see. */
export function startSampler(direct: Direct): Sampler {
  const snapshots: Snapshot[] = [];
  const stopping = new AbortController();
  const look = async () => {
    const snapshot = await readSnapshot(direct).catch(() => null);
    if (snapshot !== null) snapshots.push(snapshot);
  };
  const done = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    snapshots,
    async stop() {
      stopping.abort();
      await done;
      await look();
    },
  };
}

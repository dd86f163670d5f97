import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RedisClient } from './connections/connections.ts';

/** A Lua script, known to Redis by the SHA-1 of its source. */
export interface Script {
  readonly source: string;
  readonly sha1: string;
}

/**
 * Reads the script in the file `name` beside the module whose `import.meta.url` is given. Not `new URL(name,
 * import.meta.url)`: Next's bundler would take that for an asset of a page and put a web address in its place.
 */
export function loadScript(moduleUrl: string, name: string): Script {
  const source = readFileSync(join(dirname(fileURLToPath(moduleUrl)), name), 'utf8');
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}

/**
 * A caller of a producer's connection has given up by then, in ms. Running the script after all, behind the caller's
 * back, could come after what undid it.
 */
const FALLBACK_WITHIN_MS = 1_000;

/**
 * Runs a script by its hash, and by its source where Redis does not know it (a new or restarted server).
 * Every key a script touches is in `keys`; they share a hash tag, so a cluster runs it too.
 */
export async function runScript(
  redis: RedisClient,
  script: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const startedAt = performance.now();
  try {
    return await redis.evalsha(script.sha1, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    if (performance.now() - startedAt > FALLBACK_WITHIN_MS) throw error;
    return await redis.eval(script.source, keys.length, ...keys, ...args);
  }
}

/** The name of a reply. @throws RangeError for a reply that has none, such as the refusal of a bad number. */
export function outcomeOf<Names extends Readonly<Record<number, string>>>(
  names: Names,
  reply: unknown,
): Names[keyof Names] {
  const name = Object.entries(names).find(([code]) => Number(code) === reply)?.[1];
  if (name === undefined) throw new RangeError(`The script refused its arguments: ${String(reply)}`);
  return name as Names[keyof Names];
}

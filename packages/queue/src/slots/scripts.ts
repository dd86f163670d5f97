import { loadScript } from '../run-script.ts';

export const RESERVE = loadScript(import.meta.url, 'reserve.lua');
export const RENEW = loadScript(import.meta.url, 'renew.lua');
export const RELEASE = loadScript(import.meta.url, 'release.lua');

/** What the scripts' numeric replies mean; the headers of the Lua files list the same. */
export const RESERVE_OUTCOMES = {
  1: 'reserved',
  2: 'already_running',
  3: 'user_limit',
  4: 'global_limit',
} as const;
export const RENEW_OUTCOMES = { 1: 'renewed', 0: 'lost' } as const;
export const RELEASE_OUTCOMES = { 1: 'released', 0: 'not_held' } as const;

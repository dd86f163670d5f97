import { loadScript } from '../run-script.ts';

export const WITHDRAW = loadScript(import.meta.url, 'withdraw.lua');
export const STATES = loadScript(import.meta.url, 'states.lua');

/** What the scripts' numeric replies mean; the headers of the Lua files list the same. */
export const WITHDRAW_OUTCOMES = { 0: 'gone', 1: 'removed', 2: 'active', 3: 'ended' } as const;
export const JOB_STATES = {
  0: 'missing',
  1: 'waiting',
  2: 'active',
  3: 'delayed',
  4: 'completed',
  5: 'failed',
} as const;

import { loadScript } from '../run-script.ts';

export const HEARTBEAT = loadScript(import.meta.url, 'heartbeat.lua');
export const HOLD_LOCK = loadScript(import.meta.url, 'hold-lock.lua');

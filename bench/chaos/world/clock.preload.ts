/**
 * Loaded into each worker of the campaign with `--import`, so that its clock can be wrong: SIGUSR2 makes it read the file
 * CHAOS_CLOCK_FILE, which holds the offset in ms. Timers and performance.now() count on as they do when a real clock is
 * set.
 */
import { readFileSync } from 'node:fs';

const TrueDate = Date;
const file = process.env['CHAOS_CLOCK_FILE'];
let offsetMs = 0;

function readOffset(): void {
  try {
    offsetMs = Number(readFileSync(file ?? '', 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}

const now = () => TrueDate.now() + offsetMs;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new TrueDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

if (file !== undefined) {
  readOffset();
  process.on('SIGUSR2', readOffset);
}

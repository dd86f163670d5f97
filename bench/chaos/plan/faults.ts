import { POINT_NAMES, type PointName } from './points.ts';
import type { Random } from './random.ts';

export const APPS = ['web-0', 'web-1', 'worker-0', 'worker-1', 'worker-2'] as const;
export type AppName = (typeof APPS)[number];
export const WORKERS = APPS.filter((name) => name.startsWith('worker'));

export const SERVERS = ['redis', 'postgres', 'supabase'] as const;
export type ServerName = (typeof SERVERS)[number];

/** What goes wrong, beginning `atMs` after the episode's start and lasting `lastsMs`. */
export type Fault = { readonly atMs: number; readonly lastsMs: number } & (
  | { readonly kind: 'kill'; readonly app: AppName }
  /** Waits up to `lastsMs` for the point to be passed; the process is away for `downMs`. */
  | { readonly kind: 'kill-at'; readonly point: PointName; readonly fraction: number; readonly downMs: number }
  | { readonly kind: 'freeze'; readonly app: AppName }
  | { readonly kind: 'kill-server'; readonly server: ServerName }
  | { readonly kind: 'restart-server'; readonly server: ServerName }
  | { readonly kind: 'freeze-server'; readonly server: ServerName }
  /** At once, or when the point is passed within `lastsMs`. */
  | { readonly kind: 'empty-redis'; readonly point: PointName | null }
  | { readonly kind: 'cut'; readonly app: AppName; readonly server: 'redis' | 'supabase' }
  /** Each answer is `delayMs` late. */
  | { readonly kind: 'delay'; readonly app: AppName; readonly server: 'redis' | 'supabase'; readonly delayMs: number }
  /** Requests arrive and are carried out, and the connection is reset instead of an answer. */
  | { readonly kind: 'lose-answers'; readonly app: AppName; readonly server: 'redis' | 'supabase' }
  /** The worker's clock is wrong by `offsetMs`. */
  | { readonly kind: 'clock'; readonly app: AppName; readonly offsetMs: number }
);

export type FaultKind = Fault['kind'];

/** The named point at which the fault is to strike; null: it strikes when its time has come. */
export const pointOf = (fault: Fault): PointName | null => ('point' in fault ? fault.point : null);

/** How often each kind is drawn, relative to the others. */
const WEIGHTS = {
  'kill-at': 36,
  kill: 14,
  freeze: 8,
  'kill-server': 8,
  'restart-server': 5,
  'freeze-server': 7,
  'empty-redis': 10,
  cut: 5,
  delay: 4,
  'lose-answers': 4,
  clock: 7,
} as const satisfies Record<FaultKind, number>;

/** A worker's job lock lives 6 s; frozen for longer, it wakes up to find its jobs gone. */
const LONGER_THAN_THE_LOCK_MS = [7_000, 10_000] as const;
const MINUTE_MS = 60_000;

export function drawFault(random: Random, windowMs: number): Fault {
  const atMs = Math.round(random.fraction() * windowMs);
  const whole = ([least, most]: readonly [number, number]) => random.whole(least, most);
  const link = () => ({ app: random.pick(APPS), server: random.pick(['redis', 'supabase'] as const) });
  const kind = drawKind(random);
  switch (kind) {
    case 'kill-at':
      return {
        ...{ kind, point: random.pick(POINT_NAMES), fraction: random.fraction() },
        ...{ atMs: Math.round(atMs * 0.6), lastsMs: 8_000, downMs: whole([0, 4_000]) },
      };
    case 'kill':
      return { kind, atMs, lastsMs: whole([0, 5_000]), app: random.pick(APPS) };
    case 'freeze':
      return { kind, atMs, lastsMs: whole(LONGER_THAN_THE_LOCK_MS), app: random.pick(APPS) };
    case 'kill-server':
    case 'restart-server':
      return { kind, atMs, lastsMs: whole([0, 3_000]), server: random.pick(SERVERS) };
    case 'freeze-server':
      return { kind, atMs, lastsMs: whole([1_000, 8_000]), server: random.pick(SERVERS) };
    case 'empty-redis':
      return random.chance(0.5)
        ? { kind, atMs, lastsMs: 0, point: null }
        : { kind, atMs: Math.round(atMs * 0.6), lastsMs: 8_000, point: random.pick(POINT_NAMES) };
    case 'cut':
      return { kind, atMs, lastsMs: whole([0, 3_000]), ...link() };
    case 'delay':
      return { kind, atMs, lastsMs: whole([1_000, 4_000]), ...link(), delayMs: whole([50, 1_500]) };
    case 'lose-answers':
      return { kind, atMs, lastsMs: whole([200, 2_000]), ...link() };
    case 'clock':
      return {
        ...{ kind, atMs: Math.round(atMs * 0.3), lastsMs: whole([6_000, 12_000]), app: random.pick(WORKERS) },
        offsetMs: whole([1, 10]) * MINUTE_MS * (random.chance(0.5) ? 1 : -1),
      };
  }
}

function drawKind(random: Random): FaultKind {
  const entries = Object.entries(WEIGHTS) as [FaultKind, number][];
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.fraction() * total;
  for (const [kind, weight] of entries) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'kill-at';
}

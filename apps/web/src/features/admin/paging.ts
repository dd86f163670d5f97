import type { PageEnd } from '@megacampus/db/admin';
import { z } from 'zod';

export const PAGE_SIZE = 25;

/** What a page's address asks for; a parameter given twice counts once. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** What Next gives a page with filters. */
export interface AdminListProps {
  readonly searchParams: Promise<SearchParams>;
}

export function one(params: SearchParams, name: string): string | null {
  const value = params[name];
  const first = (Array.isArray(value) ? value[0] : value)?.trim().slice(0, 200);
  return first ? first : null;
}

/** One of the values a filter has; null for anything else, which means no filter. */
export function choice<T extends string>(params: SearchParams, name: string, values: readonly T[]): T | null {
  return values.find((value) => value === one(params, name)) ?? null;
}

const endSchema = z.object({ at: z.iso.datetime({ offset: true }), id: z.string().min(1).max(128) });

/** Where the page begins; null is the first one, as for anything that is no such place. */
export function pageStart(params: SearchParams, isId: (id: string) => boolean = () => true): PageEnd | null {
  const [at, ...id] = (one(params, 'after') ?? '').split('~');
  const parsed = endSchema.safeParse({ at, id: id.join('~') });
  return parsed.success && isId(parsed.data.id) ? parsed.data : null;
}

/** The address of the page after these rows; null when they were the last. One row more than a page is asked for. */
export function nextPage<Row>(
  path: string,
  params: SearchParams,
  rows: readonly Row[],
  endOf: (row: Row) => PageEnd,
): { readonly shown: readonly Row[]; readonly next: string | null; readonly first: string | null } {
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const own = Object.keys(params).flatMap((name) => {
    const value = one(params, name);
    return value === null || name === 'after' ? [] : [[name, value]];
  });
  const to = (more: string[][]) => `${path}?${new URLSearchParams([...own, ...more])}`;
  const end = last === undefined || rows.length <= PAGE_SIZE ? null : endOf(last);
  return {
    shown,
    next: end === null ? null : to([['after', `${end.at}~${end.id}`]]),
    first: one(params, 'after') === null ? null : to([]),
  };
}

/** Times that lists can be narrowed to. */
export const PERIODS = { day: 1, week: 7, month: 30 } as const;
export type Period = keyof typeof PERIODS;
export const PERIOD_NAMES = Object.keys(PERIODS) as Period[];
const DAY_MS = 24 * 3_600_000;

export function periodStart(period: Period | null, now: number = Date.now()): string | null {
  return period === null ? null : new Date(now - PERIODS[period] * DAY_MS).toISOString();
}

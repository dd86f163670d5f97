import { GENERATION_STATUSES, type GenerationStatus, hasEnded } from '@megacampus/domain/lifecycle';

export const COURSE_FILTERS = ['all', 'draft', 'running', 'completed', 'failed', 'cancelled'] as const;
export type CourseFilter = (typeof COURSE_FILTERS)[number];

export const COURSE_SORTS = ['newest', 'oldest', 'title'] as const;
export type CourseSort = (typeof COURSE_SORTS)[number];

/** Courses of one page of the list. */
export const COURSES_PER_PAGE = 24;

/** Longest search, in characters: a title is no longer. */
export const SEARCH_MAX = 200;

/** What is to be seen of somebody's courses. All of it is in the address: it can be kept and sent to oneself. */
export interface CourseQuery {
  readonly search: string;
  readonly filter: CourseFilter;
  readonly sort: CourseSort;
  /** From 1. */
  readonly page: number;
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; what makes no sense in it counts as not being there. */
export function readCourseQuery(params: SearchParams): CourseQuery {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const page = /^[1-9]\d{0,5}$/.test(text('page')) ? Number(text('page')) : 1;
  return {
    search: text('q').replaceAll('\0', '').trim().slice(0, SEARCH_MAX),
    filter: COURSE_FILTERS.find((filter) => filter === text('state')) ?? 'all',
    sort: COURSE_SORTS.find((sort) => sort === text('sort')) ?? 'newest',
    page,
  };
}

/** The address of a list; what is as usual is left out. */
export function courseListHref({ search, filter, sort, page }: CourseQuery): string {
  const params = new URLSearchParams();
  if (search !== '') params.set('q', search);
  if (filter !== 'all') params.set('state', filter);
  if (sort !== 'newest') params.set('sort', sort);
  if (page > 1) params.set('page', String(page));
  return params.size === 0 ? '/courses' : `/courses?${params}`;
}

/** The statuses that a filter lets through; null: those of courses that were never generated. */
export function statusesOf(filter: Exclude<CourseFilter, 'all'>): readonly GenerationStatus[] | null {
  if (filter === 'draft') return null;
  if (filter === 'running') return GENERATION_STATUSES.filter((status) => !hasEnded(status));
  return [filter];
}

/** A search as a pattern of LIKE that means these very characters, wherever they are in a title. */
export function likePattern(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

import type { Metadata } from 'next';
import { cache } from 'react';
import { getDeps } from '@/deps.ts';
import type { Book, ContentView } from '@/features/reader/content-view.ts';
import { loadContent } from '@/features/reader/load-content.ts';

export interface Shared {
  readonly book: Book;
  readonly content: ContentView;
}

/**
 * The course that a link leads to; null for a link that was withdrawn or never was. Everything below is found by this
 * course's shown generation, so a link gives access to nothing else. Read once a request. @throws UnavailableFault
 */
export const loadShared = cache(async (token: string): Promise<Shared | null> => {
  const { shares, sharedReader } = getDeps();
  const course = await shares.courseOf(token);
  const content = course && (await loadContent(sharedReader, course.id));
  if (course === null || content === null) return null;
  return { book: { base: `/share/${token}`, title: course.title, language: course.language }, content };
});

/** What every page behind a link tells: it is not to be found by search engines, and its address is not to be passed on. */
export const SHARED_METADATA: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' };

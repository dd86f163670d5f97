import { cache } from 'react';
import { getDeps } from '@/deps.ts';
import { type Reading, toReading } from './reading-view.ts';

/** What the user has done with a course's lessons; nothing with a course of somebody else. Read once a request. @throws UnavailableFault */
export const loadReading = cache(async (userId: string, courseId: string): Promise<Reading> => {
  return toReading(await getDeps().reading.loadReading(userId, courseId));
});

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createExtractiveEngine } from './extractive-engine.ts';
import { aBrief, makeCourse, passagesOfBytes } from './fixtures/course-from.ts';
import { longDocument } from './fixtures/long-document.ts';

/** Longest work between two turns of the event loop, in milliseconds of this thread's CPU time: a busy machine does not count. */
async function longestStretchMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let done = false;
  const finished = work().finally(() => {
    done = true;
  });
  while (!done) {
    const before = process.threadCpuUsage();
    await setImmediate();
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
  }
  await finished;
  return longest;
}

describe('the extractive engine beside other work', () => {
  it('never holds the event loop for long, also with a long document', { timeout: 180_000 }, async () => {
    const passages = await passagesOfBytes(new TextEncoder().encode(longDocument(40)), 'long.md');
    // 30–45 ms measured for 300 pages; without pauses it is several seconds. The rest is room for garbage collection, which
    // takes up to 160 ms where other tests have left their heap.
    const brief = aBrief({ estimated_lessons: 8 });
    expect(await longestStretchMs(() => makeCourse(createExtractiveEngine(), brief, passages))).toBeLessThan(500);
  });
});

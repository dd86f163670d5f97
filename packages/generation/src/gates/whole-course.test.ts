import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { createExtractiveEngine } from '../extractive/extractive-engine.ts';
import { aBrief, makeCourse, passagesOf } from '../extractive/fixtures/course-from.ts';
import { checkWholeCourse, type WholeCourse } from './whole-course.ts';

const { signal } = new AbortController();
const brief = aBrief({ title: 'Databases', language: 'en' });
const passages = await passagesOf('en');
const made = await makeCourse(createExtractiveEngine(), brief, passages);
const sections = made.outline.sections.flatMap(({ title, lessons }) => lessons.map(() => title));
const course: WholeCourse = {
  brief,
  objectives: made.analysis.objectives,
  lessons: made.lessons.map(({ lesson, content }, index) => ({
    position: index + 1,
    section: sections[index] ?? '',
    title: lesson.title,
    content,
  })),
  headings: passages.map(({ id, documentId, headingPath, text }) => ({
    id,
    documentId,
    headingPath,
    length: text.length,
  })),
};

describe('checkWholeCourse', () => {
  it('finds nothing in a good course', async () => {
    expect(await checkWholeCourse(course, signal)).toEqual({
      alike: [],
      objectives: [],
      headings: [],
      headingCount: 0,
    });
  });

  it('finds each pair of lessons that are nearly alike, wherever they stand', async () => {
    const [first] = course.lessons;
    const last = course.lessons.length + 1;
    if (!first) throw new Error('a lesson is needed');
    const { alike } = await checkWholeCourse(
      { ...course, lessons: [...course.lessons, { ...first, position: last }] },
      signal,
    );
    expect(alike).toEqual([{ earlier: 1, later: last, share: 1 }]);
  });

  it('finds an objective that no lesson treats, and the highest heading of which nothing is cited', async () => {
    const objectives = [...course.objectives, 'Brew espresso with a moka pot'];
    const long = { documentId: 'other', length: 2_000 };
    const headings = [
      ...course.headings,
      { ...long, id: 'a', headingPath: ['Espresso'] },
      { ...long, id: 'b', headingPath: ['Espresso', 'Grinding'] },
      { ...long, id: 'c', headingPath: ['Contents'], length: 200 },
    ];
    const report = await checkWholeCourse({ ...course, objectives, headings }, signal);
    expect(report).toMatchObject({
      objectives: ['Brew espresso with a moka pot'],
      headings: ['Espresso'],
      headingCount: 1,
    });
  });

  it('names a part of a section of which another part is cited', async () => {
    const [passage] = passages;
    if (!passage) throw new Error('a passage is needed');
    const top = passage.headingPath[0] ?? '';
    const lost = { id: 'x', documentId: passage.documentId, headingPath: [top, 'Lost part'], length: 3_000 };
    const report = await checkWholeCourse({ ...course, headings: [...course.headings, lost] }, signal);
    expect(report.headings).toEqual(['Lost part']);
  });

  it('stops when it is asked to', async () => {
    await expect(checkWholeCourse(course, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });

  /** Measured: 0.6 s, 50 ms at a stretch. */
  it('takes no longer than needed for 300 lessons of 1,500 words, and lets the event loop turn', {
    timeout: 60_000,
  }, async () => {
    const words = passages.flatMap(({ text }) => text.split(/\s+/));
    let seed = 7;
    const random = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      const mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const lessons = Array.from({ length: 300 }, (_, index) => ({
      position: index + 1,
      section: '',
      title: `Lesson ${index + 1}`,
      content: {
        markdown: Array.from({ length: 1_500 }, () => words[Math.floor(random() * words.length)]).join(' '),
        citations: [],
      },
    }));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const startedAt = performance.now();
    const { alike } = await checkWholeCourse({ ...course, lessons }, signal);
    const tookMs = performance.now() - startedAt;
    delay.disable();
    expect(alike).toEqual([]);
    expect(tookMs).toBeLessThan(20_000);
    expect(delay.max / 1e6).toBeLessThan(2_000);
  });
});

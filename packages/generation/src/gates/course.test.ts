import { describe, expect, it } from 'vitest';
import { createExtractiveEngine } from '../extractive/extractive-engine.ts';
import { aBrief, makeCourse, passagesOf } from '../extractive/fixtures/course-from.ts';
import { type CourseUnderTest, checkCourse } from './course.ts';

const brief = aBrief({ title: 'Databases', language: 'en' });
const passages = await passagesOf('en');
const made = await makeCourse(createExtractiveEngine(), brief, passages);
const course: CourseUnderTest = {
  ...made,
  brief,
  passages,
  lessons: made.lessons.map(({ lesson, content }) => ({ plan: lesson, content })),
};
const failed = (changed: Partial<CourseUnderTest>) =>
  checkCourse({ ...course, ...changed }).filter(({ failures }) => failures.length > 0);

/** The course with its second lesson changed. */
const withSecond = (content: CourseUnderTest['lessons'][number]['content']) => ({
  lessons: course.lessons.map((lesson, index) => (index === 1 ? { ...lesson, content } : lesson)),
});

describe('checkCourse', { timeout: 30_000 }, () => {
  it('has as many results for every lesson, and a good course passes all', () => {
    expect(checkCourse(course)).toHaveLength(1 + 3 + 15 * course.lessons.length + 1);
    expect(failed({})).toEqual([]);
  });

  it('a lesson that was not written passes none of its gates, and spoils no other', () => {
    const results = failed(withSecond(null));
    expect(results).toHaveLength(15);
    expect(new Set(results.map(({ where }) => where))).toEqual(new Set([course.lessons[1]?.plan.title]));
  });

  it('finds the second of two lessons alike, a quote that is not there, and an outline with a lesson twice', () => {
    const [first, second] = made.lessons;
    if (!first || !second) throw new Error('two lessons are needed');
    const repeated = { ...second.content, markdown: first.content.markdown, citations: first.content.citations };
    expect(failed(withSecond(repeated)).map(({ gate }) => gate)).toContain('near_duplicate');
    const [citation] = second.content.citations;
    if (!citation) throw new Error('a citation is needed');
    const misquoted = { ...citation, quote: `${citation.quote} Really.` };
    const content = { ...second.content, citations: [misquoted, ...second.content.citations.slice(1)] };
    expect(failed(withSecond(content)).map(({ gate }) => gate)).toEqual(['citation_quote']);
    const twice = { sections: [...made.outline.sections, ...made.outline.sections] };
    expect(failed({ outline: twice }).map(({ gate }) => gate)).toContain('outline_duplicate');
  });
});

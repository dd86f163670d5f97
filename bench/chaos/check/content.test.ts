import type { LessonContent } from '@megacampus/generation/engine';
import { checkLesson } from '@megacampus/generation/gates';
import { expect, test } from 'vitest';
import { courseName, documentOf, namesIn } from '../courses.ts';
import type { StoredGeneration, StoredLesson } from '../observe/content.ts';
import { type WrittenCourse, writeCourse } from '../testing/write-course.ts';
import { checkContent } from './content.ts';

const [OWN, OTHER] = [courseName(12, 3), courseName(12, 30)];
const [planned, otherPlanned] = await Promise.all([writeCourse(OWN, null), writeCourse(OTHER, null)]);
const [read, otherRead] = await Promise.all([writeCourse(OWN, documentOf(OWN)), writeCourse(OTHER, documentOf(OTHER))]);

/** Violations when, in place of what was written for the first, `changes` are stored. */
async function found({ course, generation, passages }: WrittenCourse, changes: Partial<StoredGeneration> = {}) {
  const stored = { generations: [{ ...generation, ...changes }], passages };
  const texts = (await checkContent(stored, [course])).map(({ category, text }) => `${category}: ${text}`);
  return texts.map((text) => text.replace(`lost: ${generation.id} is completed and `, ''));
}

const at = ({ generation }: WrittenCourse, index: number): StoredLesson => {
  const lesson = generation.lessons[index];
  if (lesson === undefined) throw new RangeError(`No lesson ${index}`);
  return lesson;
};

/** The lessons of the course, the first of them with these changes to its content. */
function withFirst(written: WrittenCourse, changes: Partial<LessonContent>): Pick<StoredGeneration, 'lessons'> {
  const [first, ...rest] = [at(written, 0), ...written.generation.lessons.slice(1)];
  if (first.content === null) throw new TypeError('The first lesson has failed');
  return { lessons: [{ ...first, content: { ...first.content, ...changes } }, ...rest] };
}

test.for([
  ['a brief', planned],
  ['a document', read],
] as const)('all that the engine makes of %s says its own name and no other, and is well', async ([, written]) => {
  const { course, generation, passages } = written;
  expect(await found(written)).toEqual([]);
  for (const { content } of generation.lessons) {
    expect(namesIn(JSON.stringify(content))).toEqual(new Set([OWN.toLowerCase()]));
    expect(namesIn(content?.markdown ?? '')).toHaveLength(1);
    if (content !== null) expect(checkLesson(content, passages, course.brief)).toEqual([]);
  }
});

test('a lesson that was written anew says in its notice that the wish was not followed', async () => {
  const wished = await writeCourse(OWN, null, 'Shorter, please.');
  expect(await found(wished)).toEqual([]);
  const [first, ...rest] = [at(wished, 0), ...wished.generation.lessons.slice(1)];
  const unsaid = { ...first, content: at(planned, 0).content };
  expect(await found(wished, { lessons: [unsaid, ...rest] })).toEqual(['has the notice of something else in lesson 1']);
});

test('a lesson that has failed has no text to look at', async () => {
  const [first, ...rest] = [at(planned, 0), ...planned.generation.lessons.slice(1)];
  expect(await found(planned, { lessons: [{ ...first, content: null }, ...rest] })).toEqual([]);
});

test.for([
  ['a brief', planned, otherPlanned],
  ['a document', read, otherRead],
] as const)('the text of another course of %s is found in a lesson', async ([, written, other]) => {
  const markdown = at(other, 0).content?.markdown ?? '';
  expect(await found(written, withFirst(written, { markdown }))).toEqual([
    `says the name of another course, ${OTHER.toLowerCase()}`,
    'has the markdown of something else in lesson 1',
  ]);
});

test('two lessons of a course that have changed places are found', async () => {
  const [first, second, ...rest] = [at(planned, 0), at(planned, 1), ...planned.generation.lessons.slice(2)];
  const swapped = [
    { ...first, content: second.content },
    { ...second, content: first.content },
  ];
  const lessons = [...swapped, ...rest];
  expect(await found(planned, { lessons })).toEqual(
    [1, 2].map((n) => `has the markdown of something else in lesson ${n}`),
  );
  expect(await found(planned, { lessons: [second, first, ...rest] })).toEqual(
    [1, 2].map((n) => `has another lesson ${n} than its outline`),
  );
  expect(await found(planned, { lessons: [first, second] })).toEqual(['has 2 lessons, not 3']);
});

test('a lesson that was cut off, lacks its quiz or cites a passage of another course is found', async () => {
  const { markdown = '', citations = [] } = at(read, 0).content ?? {};
  const foreign = citations.map(({ quote }) => ({ passageId: otherRead.passages[0]?.id ?? '', quote }));
  expect(await found(read, withFirst(read, { markdown: markdown.slice(0, -40) }))).toEqual([
    'has the markdown of something else in lesson 1',
  ]);
  expect(await found(read, withFirst(read, { quiz: [] }))).toEqual(['has the quiz of something else in lesson 1']);
  for (const wrong of [foreign, []]) {
    expect(await found(read, withFirst(read, { citations: wrong }))).toContain(
      'has the citations of something else in lesson 1',
    );
  }
});

test('a summary, an analysis or a glossary of another course is found', async () => {
  const foreign = `says the name of another course, ${OTHER.toLowerCase()}`;
  const { overview, analysis } = otherPlanned.generation;
  expect(await found(planned, { overview })).toEqual([foreign, 'has the summary of something else']);
  expect(await found(planned, { analysis })).toEqual([foreign, 'has the analysis of something else']);
  expect(await found(planned, { glossary: [{ term: OTHER, definition: '' }] })).toEqual([foreign]);
});

test('passages that are not all of the document, or of another one, are found', async () => {
  const problem = `lost: the passages of course ${read.course.id} are not its document`;
  const { course, generation, passages } = read;
  for (const wrong of [passages.slice(1), otherRead.passages.map((passage) => ({ ...passage, courseId: course.id }))]) {
    const stored = { generations: [generation], passages: wrong };
    expect((await checkContent(stored, [course])).map(({ text }) => `lost: ${text}`)).toContain(problem);
  }
});

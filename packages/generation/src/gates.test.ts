import { describe, expect, it } from 'vitest';
import type { LessonContent, Outline, Passage, QuizQuestion } from './engine.ts';
import { aBrief } from './extractive/fixtures/course-from.ts';
import { checkLesson, checkOutline } from './gates.ts';

const sentence = 'A primary key is a column whose values identify a row of a table uniquely.';
const passage: Passage = {
  id: 'p1',
  documentId: 'd1',
  documentName: 'keys.md',
  headingPath: ['Keys'],
  page: null,
  text: `## Keys\n\n${sentence} Its values are never repeated and never empty. ${'Every table of the library has such a key. '.repeat(4)}`,
  start: 0,
  end: 300,
  position: 0,
};
const question: QuizQuestion = {
  kind: 'single',
  prompt: 'Which?',
  options: ['one', 'two', 'three'],
  answer: [1],
  explanation: 'Because.',
};
const good: LessonContent = {
  markdown: `${sentence}[^1]\n\n${'Every table of the library has such a key. '.repeat(4)}`,
  keyPoints: [sentence],
  quiz: [question],
  citations: [{ passageId: 'p1', quote: sentence }],
  notice: null,
};
const gatesOf = (changes: Partial<LessonContent>, passages: readonly Passage[] = [passage]) =>
  checkLesson({ ...good, ...changes }, passages, aBrief({ language: 'en' })).map(({ gate }) => gate);
const quizOf = (changes: Partial<QuizQuestion>) => gatesOf({ quiz: [{ ...question, ...changes }] });

describe('checkLesson', () => {
  it('passes a sound lesson', () => {
    expect(gatesOf({})).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['three words', 'Keys are good.[^1]'],
    ['only code', '```sql\n```\n\n[^1]'],
  ])('refuses an empty lesson: %s', (_, markdown) => {
    expect(gatesOf({ markdown })).toEqual(expect.arrayContaining(['empty']));
  });

  it.each([
    ['mid-sentence', `${good.markdown}\n\nThe next thing that every student should know about the design of`],
    ['after a comma', `${good.markdown}\n\nThe next thing to know about keys is this,`],
    ['at a heading', `${good.markdown}\n\n## And then`],
    ['inside code', `${good.markdown}\n\n\`\`\`sql\nSELECT *`],
    ['with dots', `${good.markdown}\n\nThe next thing to know about these keys is...`],
  ])('refuses a lesson that breaks off %s', (_, markdown) => {
    expect(gatesOf({ markdown })).toEqual(['truncated']);
  });

  it('does not take the end of its source for a break', () => {
    const ending = 'The last line of a source that was written without any full stop';
    const source = { ...passage, text: `${passage.text}\n\n${ending}` };
    expect(gatesOf({ markdown: `${good.markdown}\n\n${ending}` }, [source])).toEqual([]);
  });

  it.each([
    'Lorem ipsum dolor.',
    'TODO: write this.',
    '[Insert an example]',
    'Here {{topic}} is told.',
    'As an AI language model, I can not.',
    '[вставьте пример]',
  ])('refuses a placeholder: %s', (text) => {
    expect(gatesOf({ markdown: `${good.markdown}\n\n${text}` })).toContain('placeholder');
  });

  it('lets a placeholder pass that the source itself speaks of', () => {
    const text = 'Programmers mark unfinished work with TODO in their code.';
    expect(
      gatesOf({ markdown: `${good.markdown}\n\n${text}` }, [{ ...passage, text: `${passage.text} ${text}` }]),
    ).toEqual([]);
  });

  it.each([
    ['a changed word', 'A primary key is a row whose values identify a row of a table uniquely.'],
    ['another case', sentence.toUpperCase()],
    ['nothing', ' '],
  ])('refuses a quote that does not stand in its passage: %s', (_, quote) => {
    expect(gatesOf({ citations: [{ passageId: 'p1', quote }] })).toContain('citation_quote');
  });

  it('refuses a citation of a passage that the lesson was not given', () => {
    expect(gatesOf({ citations: [{ passageId: 'p2', quote: sentence }] })).toEqual(['citation_quote']);
  });

  it('refuses marks without citations, citations without marks, and marks out of order', () => {
    const two = [good.citations[0], good.citations[0]].flatMap((citation) => citation ?? []);
    expect(gatesOf({ markdown: `${good.markdown} More.[^2]` })).toEqual(['citation_mark']);
    expect(gatesOf({ citations: two })).toEqual(['citation_mark']);
    expect(gatesOf({ markdown: `First.[^2] ${good.markdown}`, citations: two })).toEqual(['citation_mark']);
    expect(gatesOf({ markdown: `${good.markdown}\n\n\`\`\`js\nconst caret = /[^2]/;\n\`\`\`` })).toEqual([]);
  });

  it('wants a lesson with passages to cite, and one without not to', () => {
    const uncited = { markdown: good.markdown.replace('[^1]', ''), citations: [] };
    expect(gatesOf(uncited)).toEqual(['citation_missing']);
    expect(gatesOf({ ...uncited, markdown: `${uncited.markdown} ${uncited.markdown}` }, [])).toEqual([]);
  });

  it.each([
    ['an index outside', { answer: [3] }],
    ['two right of a single choice', { answer: [0, 1] }],
    ['nothing right', { answer: [] }],
    ['the same option twice', { options: ['one', 'One', 'three'] }],
    ['all right', { kind: 'multiple', answer: [0, 1, 2] }],
    ['three options of true and false', { kind: 'true_false' }],
    ['a text for a choice', { answer: 'one' }],
    ['an index for a text', { kind: 'short', options: [] }],
    ['options for a text', { kind: 'short', answer: 'one' }],
    ['a repeated index', { kind: 'multiple', answer: [1, 1] }],
  ] as [string, Partial<QuizQuestion>][])('refuses a quiz key with %s', (_, changes) => {
    expect(quizOf(changes).filter((gate) => gate === 'quiz_key' || gate === 'schema').length).toBeGreaterThan(0);
  });
});

describe('checkOutline', () => {
  const lesson = { title: 'Keys', objectives: ['Know keys'], keyTopics: [], passageIds: ['p1'], durationMinutes: 5 };
  const outlineOf = (...lessons: (typeof lesson)[]): Outline => ({
    sections: [{ title: 'One', summary: '', lessons }],
  });
  const outlineGates = (outline: Outline) => checkOutline(outline, [passage]).map(({ gate }) => gate);

  it('passes a sound outline and refuses an empty one', () => {
    expect(outlineGates(outlineOf(lesson))).toEqual([]);
    expect(outlineGates({ sections: [] })).toEqual(['schema']);
    expect(outlineGates(outlineOf())).toEqual(['schema']);
  });

  it('refuses lessons that are the same and passages that are not there', () => {
    expect(outlineGates(outlineOf(lesson, { ...lesson, passageIds: [] }))).toEqual(['outline_duplicate']);
    expect(outlineGates(outlineOf(lesson, { ...lesson, title: 'Other' }))).toEqual(['outline_duplicate']);
    expect(outlineGates(outlineOf({ ...lesson, passageIds: ['p9'] }))).toEqual(['outline_passage']);
  });
});

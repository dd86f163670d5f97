import { expect, it, vi } from 'vitest';
import { createExtractiveEngine } from './extractive-engine.ts';
import { aBrief, type MadeCourse, makeCourse, passagesOf, passagesOfBytes } from './fixtures/course-from.ts';

vi.setConfig({ testTimeout: 60_000 });

const engine = createExtractiveEngine();

async function courseFrom(markdown: string, name = 'lecture_03.final.md', title = 'Course title'): Promise<MadeCourse> {
  const passages = await passagesOfBytes(new TextEncoder().encode(markdown), name);
  return makeCourse(engine, aBrief({ language: 'en', title }), passages);
}

const sentences = (about: string) =>
  `${about} is kept in a box that stands near the window of the old house. Somebody has to look after ${about.toLowerCase()} every day of the year.`;

it('shows the title of slides that go on only once', async () => {
  const { lessons } = await courseFrom(
    `## Storage\n\n${sentences('Grain')}\n\n## Storage\n\n${sentences('Flour')}\n\n## Transport\n\n${sentences('Bread')}\n`,
  );
  const headings = lessons.flatMap(({ content }) => content.markdown.match(/^#+ .*$/gm) ?? []);
  expect(headings.filter((heading) => heading.includes('Storage')).length).toBeLessThanOrEqual(1);
});

it('does not announce what is not there', async () => {
  const { lessons } = await courseFrom(
    `## Storage\n\n${sentences('Grain')} It is sold as follows:\n\n## Transport\n\nThe carts are these:\n\n- a cart with two wheels for the fields;\n- a cart with four wheels for the road.\n\n${sentences('Bread')}\n`,
  );
  const markdown = lessons.map(({ content }) => content.markdown).join('\n\n');
  expect(markdown).not.toContain('It is sold as follows');
  expect(markdown).toContain('every day of the year.');
  expect(markdown).toContain('The carts are these:');
});

it('begins a lesson with a heading of the second level and skips none, whatever the levels of the source', async () => {
  const brief = aBrief({ language: 'ru', estimated_lessons: 9 });
  for (const fixture of ['ru', 'en'] as const) {
    const { lessons } = await makeCourse(engine, { ...brief, language: fixture }, await passagesOf(fixture));
    for (const { content } of lessons) {
      const levels = (content.markdown.match(/^#+(?= )/gm) ?? []).map((marks) => marks.length);
      for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 1) + 1);
    }
  }
});

it('names a section after the course, not after a file, where one document has no title of its own', async () => {
  const text = `## Storage\n\n${sentences('Grain')}\n\n## Transport\n\n${sentences('Bread')}\n`;
  const { outline } = await courseFrom(text);
  expect(outline.sections.map(({ title }) => title).join()).not.toContain('lecture');
});

it('writes titles set in capitals as a sentence, and leaves abbreviations as they are', async () => {
  const { outline } = await courseFrom(
    `# SAFETY RULES FOR SQL IN THE OFFICE\n\nRules come first here. Everybody who writes SQL knows them well and keeps to them.\n\n## One\n\n${sentences('Grain')}\n\n## Two\n\n${sentences('Bread')}\n`,
  );
  expect(outline.sections[0]?.title).toBe('Safety rules for SQL in the office');
});

it('gives a lesson made of many headings a short title', async () => {
  const passages = await passagesOf('ruPlain');
  const { outline } = await makeCourse(
    engine,
    aBrief({ title: 'Охрана труда', lesson_duration_minutes: 10 }),
    passages,
  );
  const titles = outline.sections.flatMap(({ lessons }) => lessons.map(({ title }) => title));
  expect(titles).toEqual(['Основы охраны труда в офисе и на складе']);
});

it('makes a lesson of a passage that is nothing but a label', async () => {
  const { lessons } = await courseFrom('¹\n', 'x.md', '! !');
  expect(lessons.map(({ content }) => content.markdown)).toEqual(['¹[^1]']);
});

it('cites a table that stands under a label', async () => {
  const { lessons } = await courseFrom('Prices of grain\n\n| Grain | Price |\n| --- | --- |\n| Rye | 12 |\n');
  expect(lessons[0]?.content.citations).toHaveLength(1);
});

it('keeps the capitals of a heading that is written with capitals throughout', async () => {
  const { analysis } = await courseFrom(
    `# Course\n\n## Introduction to Databases\n\n${sentences('Grain')}\n\n## Storage\n\n${sentences('Bread')}\n`,
  );
  expect(analysis.keyTopics).toContain('Introduction to Databases');
});

it('quotes the sentences of an explanation after one introduction', async () => {
  const { lessons } = await makeCourse(engine, aBrief({ language: 'en' }), await passagesOf('en'));
  const explanations = lessons.flatMap(({ content }) => content.quiz.map(({ explanation }) => explanation));
  for (const explanation of explanations) expect(explanation.match(/The lesson says/g)?.length).toBe(1);
});

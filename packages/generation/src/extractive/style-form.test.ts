import { type CONTENT_STRATEGIES, COURSE_STYLES } from '@megacampus/domain/course';
import { expect, it, vi } from 'vitest';
import { checkCourse } from '../gates/course.ts';
import { createExtractiveEngine } from './extractive-engine.ts';
import { aBrief, makeCourse, passagesOf } from './fixtures/course-from.ts';

const engine = createExtractiveEngine();

vi.setConfig({ testTimeout: 240_000 });

it.each(['ru', 'en'] as const)(
  'each style makes lessons that no other makes, and all pass the gates: %s',
  async (language) => {
    const passages = (await passagesOf(language)).slice(0, 8);
    const made = new Map<string, string>();
    for (const style of COURSE_STYLES) {
      const brief = aBrief({ language, style, estimated_lessons: 2 });
      const course = await makeCourse(engine, brief, passages);
      const lessons = course.lessons.map(({ lesson, content }) => ({ plan: lesson, content }));
      const failed = checkCourse({ ...course, brief, passages, lessons }).filter(({ failures }) => failures.length > 0);
      expect({ style, failed }).toEqual({ style, failed: [] });
      made.set(JSON.stringify(lessons.map(({ content }) => content)), style);
      expect(course.analysis.notice).not.toMatch(/no effect|не применяется/);
    }
    expect([...made.values()]).toEqual([...COURSE_STYLES]);
  },
);

const lessonsIn = async (style: (typeof COURSE_STYLES)[number], language: 'ru' | 'en' = 'ru') => {
  const { lessons } = await makeCourse(engine, aBrief({ language, style }), await passagesOf(language));
  return lessons.map(({ content }) => content);
};

it('a style shows: terms in bold, tables of terms, questions to the reader, statements set off', async () => {
  const [academic] = await lessonsIn('academic');
  expect(academic?.markdown).toContain('**Данные** — это зафиксированные факты');
  const [visual] = await lessonsIn('visual');
  expect(visual?.markdown).toMatch(
    /## Термины урока\n\n\| Термин \| Что это \|\n\| --- \| --- \|\n\| данные \| Зафиксированные факты.*\[\^\d\] \|/,
  );
  const [interactive] = await lessonsIn('interactive');
  expect(interactive?.markdown).toMatch(/^> \*\*Проверьте себя\.\*\* .*\[\^\d\]$/m);
  const [engaging] = await lessonsIn('engaging', 'en');
  expect(engaging?.markdown).toMatch(/^> \*\*Before you read\.\*\* .*\[\^1\]\n/);
  const [inspirational] = await lessonsIn('inspirational');
  expect(inspirational?.markdown).toMatch(/^> \p{L}.*\[\^1\]\n/u);
  const [, , storytelling] = await lessonsIn('storytelling');
  expect(storytelling?.markdown).toMatch(/^> Реляционную модель предложил в 1970 году Эдгар Кодд/);
  const [gamified] = await lessonsIn('gamified');
  const [plain] = await lessonsIn('conversational');
  expect(gamified?.quiz[0]?.kind).toBe('true_false');
  expect(gamified?.quiz.length).toBeGreaterThan(plain?.quiz.length ?? 0);
});

it('a question in the text is not asked again by the quiz', async () => {
  for (const { markdown, quiz } of await lessonsIn('interactive')) {
    const asked = (markdown.match(/(?<=\*\*Проверьте себя\.\*\* ).*(?=\[\^)/gm) ?? []).map((text) =>
      text.replaceAll('\\', ''),
    );
    for (const { prompt } of quiz) expect(asked).not.toContain(prompt);
  }
});

it('each strategy treats a text that is too long in its own way', async () => {
  const passages = await passagesOf('ru');
  const length = async (content_strategy: (typeof CONTENT_STRATEGIES)[number]) => {
    const brief = aBrief({ content_strategy, estimated_lessons: 1, lesson_duration_minutes: 5 });
    const { lessons } = await makeCourse(engine, brief, passages);
    return lessons[0]?.content.markdown.length ?? 0;
  };
  expect(await length('optimize_existing')).toBeLessThan(await length('auto'));
  expect(await length('auto')).toBeLessThan(await length('expand_and_enhance'));
});

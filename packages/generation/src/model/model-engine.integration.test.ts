import { describe, expect, it } from 'vitest';
import type { CourseEngine, EngineContext, Outline, Passage } from '../engine.ts';
import { aBrief, passagesOf } from '../extractive/fixtures/course-from.ts';
import { checkLesson, checkOutline } from '../gates.ts';
import { modelLab, TEST_KEY } from './testing/lab.ts';

/** All calls of a course, in order, as the worker makes them. */
async function makeCourse(
  engine: CourseEngine,
  context: EngineContext,
  brief: ReturnType<typeof aBrief>,
  passages: Passage[],
) {
  const analysis = await engine.analyze({ brief, passages }, context);
  const outline = await engine.outline({ brief, analysis, passages }, context);
  const lessons: { title: string; content: Awaited<ReturnType<CourseEngine['lesson']>>; own: Passage[] }[] = [];
  for (const [sectionIndex, section] of outline.sections.entries()) {
    for (const [lessonIndex, plan] of section.lessons.entries()) {
      const own = passages.filter(({ id }) => plan.passageIds.includes(id));
      const place = { brief, outline, sectionIndex, lessonIndex, passages: own };
      const content = await engine.lesson({ ...place, written: async () => lessons }, context);
      lessons.push({ title: plan.title, content, own });
    }
  }
  const summary = await engine.summarize({ brief, outline, lessons }, context);
  return { analysis, outline, lessons, summary };
}

const lessonCount = (outline: Outline) => outline.sections.reduce((sum, { lessons }) => sum + lessons.length, 0);

describe('with a model that answers well', () => {
  it.each(['ru', 'en'] as const)(
    'a course in %s is made from documents, each lesson citing its passages',
    async (language) => {
      const lab = await modelLab();
      const passages = await passagesOf(language);
      const brief = aBrief({
        title: language === 'ru' ? 'Курс по документам' : 'A course from documents',
        language,
        estimated_lessons: 4,
      });
      const { outline, lessons, summary } = await makeCourse(lab.engine, lab.context(), brief, passages);
      expect(lessonCount(outline)).toBe(4);
      expect(checkOutline(outline, passages)).toEqual([]);
      for (const { content, own } of lessons) {
        expect(checkLesson(content, own, brief)).toEqual([]);
        expect(content.citations.length).toBeGreaterThan(0);
        expect(new Set(content.quiz.map(({ kind }) => kind))).toEqual(
          new Set(['single', 'multiple', 'true_false', 'short']),
        );
      }
      expect(summary.overview).not.toBe('');
      expect(summary.glossary.length).toBeGreaterThan(0);
      // One request each: nothing had to be repaired.
      expect(lab.server.requests.map(({ asked }) => asked.name)).toEqual([
        'analysis',
        'outline',
        ...Array(4).fill(['lesson', 'quiz']).flat(),
        'summary',
      ]);
    },
  );

  it('a course without documents is made from its brief, of the size that was asked for', async () => {
    const lab = await modelLab();
    const brief = aBrief({ title: 'Основы фотографии', language: 'ru', estimated_sections: 3, estimated_lessons: 6 });
    const { outline, lessons } = await makeCourse(lab.engine, lab.context(), brief, []);
    expect(outline.sections).toHaveLength(3);
    expect(lessons).toHaveLength(6);
    for (const { content } of lessons) expect(checkLesson(content, [], brief)).toEqual([]);
  });

  it('a course of 120 lessons is planned section by section', async () => {
    const lab = await modelLab();
    const brief = aBrief({ title: 'Большой курс', language: 'ru', estimated_sections: 10, estimated_lessons: 120 });
    const analysis = await lab.engine.analyze({ brief, passages: [] }, lab.context());
    const outline = await lab.engine.outline({ brief, analysis, passages: [] }, lab.context());
    expect(outline.sections).toHaveLength(10);
    expect(lessonCount(outline)).toBe(120);
    expect(lab.server.of('section')).toHaveLength(10);
  });

  it('what it used is recorded for each request, with its cost', async () => {
    const lab = await modelLab();
    const brief = aBrief({ title: 'Учёт', language: 'ru' });
    await lab.engine.analyze({ brief, passages: [] }, lab.context());
    const [used] = lab.usage;
    expect(used).toMatchObject({ call: 'analysis', model: 'test-model', estimated: false });
    expect(used?.inputTokens).toBeGreaterThan(100);
    expect(used?.cost).toBeCloseTo(((used?.inputTokens ?? 0) + 2 * (used?.outputTokens ?? 0)) / 1_000_000, 10);
  });
});

describe('what a prompt holds', () => {
  it('the brief and the passages, between marks that differ each time; no name of a document, no key', async () => {
    const lab = await modelLab();
    const passages = (await passagesOf('ru')).map((passage) => ({ ...passage, documentName: 'Иванов-паспорт.md' }));
    const brief = aBrief({ title: 'Курс', language: 'ru', estimated_lessons: 1 });
    await makeCourse(lab.engine, lab.context(), brief, passages);
    const codes = lab.server.requests.map(({ body }) => /<<<data (\w+) BRIEF>>>/.exec(JSON.stringify(body))?.[1]);
    const given = codes.filter((code) => code !== undefined);
    expect(new Set(given).size).toBe(given.length);
    for (const { body, authorization } of lab.server.requests) {
      expect(authorization).toBe(`Bearer ${TEST_KEY}`);
      expect(JSON.stringify(body)).not.toContain('Иванов');
      expect(JSON.stringify(body)).not.toContain(TEST_KEY);
      expect(body).not.toHaveProperty('user');
    }
    expect(JSON.stringify(lab.logged)).not.toContain(TEST_KEY);
  });

  it('every style, level, strategy and language changes it', async () => {
    const lab = await modelLab();
    const base = { title: 'A course of tests', language: 'en' } as const;
    const variants = [
      base,
      { ...base, style: 'socratic' },
      { ...base, difficulty: 'advanced' },
      { ...base, content_strategy: 'optimize_existing' },
      { ...base, language: 'ru' },
    ] as const;
    for (const variant of variants) await lab.engine.analyze({ brief: aBrief(variant), passages: [] }, lab.context());
    const systems = lab.server.requests.map(({ body }) => body.messages[0]?.content.replace(/<<<\w+ \w+/g, '') ?? '');
    expect(new Set(systems).size).toBe(variants.length);
  });

  it('a wish about a lesson, and the plans of its neighbours', async () => {
    const lab = await modelLab();
    const brief = aBrief({ title: 'Основы', language: 'ru', estimated_lessons: 3, estimated_sections: 1 });
    const analysis = await lab.engine.analyze({ brief, passages: [] }, lab.context());
    const outline = await lab.engine.outline({ brief, analysis, passages: [] }, lab.context());
    const input = {
      brief,
      outline,
      sectionIndex: 0,
      lessonIndex: 1,
      passages: [],
      instruction: 'Больше примеров с кухни',
    };
    await lab.engine.lesson(input, lab.context());
    const [request] = lab.server.of('lesson');
    expect(request?.asked.data['WISH']).toBe('Больше примеров с кухни');
    const place = JSON.parse(request?.asked.data['PLACE'] ?? '{}');
    const titles = outline.sections[0]?.lessons.map(({ title }) => title) ?? [];
    expect([place.before.title, place.thisLesson.title, place.after.title]).toEqual(titles);
  });
});

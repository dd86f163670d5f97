import {
  BRIEF_LIMITS,
  type Brief,
  briefSchema,
  CONTENT_STRATEGIES,
  COURSE_LANGUAGES,
  COURSE_STYLES,
  DIFFICULTIES,
  LESSON_DURATIONS_MINUTES,
} from '@megacampus/domain/course';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { chunkDocument } from '../documents/chunk-document.ts';
import { markdownDocument } from '../documents/parsers/markdown.ts';
import { analysisSchema, courseSummarySchema, lessonContentSchema, outlineSchema, type Passage } from '../engine.ts';
import { fitsDuration } from '../gates/length.ts';
import { unlikeOthers } from '../gates/near-duplicate.ts';
import { coversObjectives } from '../gates/objectives.ts';
import { checkLesson, checkOutline, citationMarks } from '../gates.ts';
import { lexiconOf } from '../language/words.ts';
import { cosine, frequenciesOf } from './centrality.ts';
import { createExtractiveEngine } from './extractive-engine.ts';
import { aBrief, type FIXTURES, type MadeCourse, makeCourse, passagesOf } from './fixtures/course-from.ts';
import { lessonWords } from './reading-speed.ts';

const engine = createExtractiveEngine();

const courses = new Map<string, Promise<MadeCourse>>();

/** A course made once for all tests that look at it. */
async function courseOf(fixture: keyof typeof FIXTURES, fields: Partial<Brief> = {}): Promise<MadeCourse> {
  const key = JSON.stringify([fixture, fields]);
  const made = courses.get(key) ?? passagesOf(fixture).then((passages) => makeCourse(engine, aBrief(fields), passages));
  courses.set(key, made);
  return made;
}

vi.setConfig({ testTimeout: 60_000 });

describe('a course from documents', () => {
  it.each([
    ['ru', 'ru'],
    ['en', 'en'],
    ['ruPlain', 'ru'],
    ['enPlain', 'en'],
  ] as const)('passes every gate: %s', async (fixture, language) => {
    const passages = await passagesOf(fixture);
    for (const style of ['conversational', 'minimalist', 'socratic', 'microlearning'] as const) {
      const brief = aBrief({ language, style });
      const { outline, lessons } = await courseOf(fixture, { language, style });
      expect(checkOutline(outline, passages)).toEqual([]);
      for (const { content, own } of lessons) {
        expect(checkLesson(content, own, brief)).toEqual([]);
        expect(content.quiz.length).toBeGreaterThanOrEqual(style === 'conversational' ? 3 : 1);
        expect(content.keyPoints.length).toBeGreaterThanOrEqual(style === 'conversational' ? 2 : 1);
      }
    }
  });

  it('follows the headings of the document and leaves out none of its passages', async () => {
    const passages = await passagesOf('ru');
    const { outline } = await courseOf('ru');
    expect(outline.sections.map(({ title }) => title)).toEqual([
      'Зачем нужны базы данных',
      'Реляционная модель',
      'Проектирование базы данных',
      'Язык SQL',
      'Надёжность и скорость',
    ]);
    const used = outline.sections.flatMap(({ lessons }) => lessons.flatMap(({ passageIds }) => passageIds));
    expect(used).toEqual(passages.map(({ id }) => id));
  });

  it('shows tables and code whole, and all text when it fits', async () => {
    const { lessons } = await courseOf('ru');
    const all = lessons.map(({ content }) => content.markdown).join('\n');
    expect(all).toContain('| boolean | истина или ложь | книга списана |');
    expect(all).toContain('ORDER BY issued_on;\n```');
    expect(all).toContain('Копия, восстановление из которой никто не проверял, не считается копией.');
  });

  it('keeps the numbers of sections and lessons asked for', async () => {
    const passages = await passagesOf('en');
    for (const [sections, lessons] of [
      [1, 1],
      [2, 2],
      [3, 9],
      [5, 12],
      [7, 7],
    ] as const) {
      const brief = aBrief({ language: 'en', estimated_sections: sections, estimated_lessons: lessons });
      const { outline } = await makeCourse(engine, brief, passages);
      expect(outline.sections).toHaveLength(sections);
      expect(outline.sections.flatMap((section) => section.lessons)).toHaveLength(lessons);
    }
  });

  it('says so when there is not enough material for the lessons asked for', async () => {
    const passages = await passagesOf('en');
    const { analysis, outline } = await makeCourse(
      engine,
      aBrief({ language: 'en', estimated_lessons: 200 }),
      passages,
    );
    expect(outline.sections.flatMap(({ lessons }) => lessons).length).toBe(passages.length);
    expect(analysis.notice).toContain(`${passages.length} lessons instead of 200`);
  });

  it('cuts a lesson down to its length and says so', async () => {
    const brief = aBrief({ estimated_lessons: 1, lesson_duration_minutes: 3 });
    const { lessons } = await makeCourse(engine, brief, await passagesOf('ru'));
    const words = lessons[0]?.content.markdown.match(/\p{L}+/gu)?.length ?? 0;
    expect(words).toBeGreaterThan(100);
    expect(words).toBeLessThan(450);
    expect(lessons[0]?.content.notice).toMatch(/сокращён до главного/);
  });

  it('never parts a list or code from the words that introduce it', async () => {
    for (const style of ['conversational', 'minimalist'] as const) {
      for (const estimated_lessons of [1, 3, 9]) {
        const { lessons } = await courseOf('ru', { style, estimated_lessons, lesson_duration_minutes: 10 });
        for (const { content } of lessons) {
          const blocks = content.markdown.split('\n\n').map((block) => block.replace(/\[\^\d+\]$/, ''));
          for (const [index, block] of blocks.entries()) {
            const next = blocks[index + 1] ?? '';
            if (/^[^#|`-].*:$/.test(block)) expect(next).toMatch(/^(?:-|1\.|```|\|)/);
            if (/^(?:- |1\. )/.test(block)) expect(blocks[index - 1]).toMatch(/:$/);
          }
        }
      }
    }
  });

  it('does not teach the same passage twice when a document was uploaded twice', async () => {
    const passages = [...(await passagesOf('ru', 'first')), ...(await passagesOf('ru', 'second'))];
    const once = await makeCourse(engine, aBrief(), passages.slice(0, passages.length / 2));
    const { outline, lessons, analysis } = await makeCourse(engine, aBrief(), passages);
    expect(outline.sections.length).toBe(once.outline.sections.length);
    expect(analysis.notice).toMatch(/Пропущено повторов: \d+/);
    const bags = lessons.map(({ content }) => frequenciesOf(content.markdown.toLowerCase().match(/\p{L}{4,}/gu) ?? []));
    for (const [index, bag] of bags.entries()) {
      for (const other of bags.slice(index + 1)) expect(cosine(bag, other)).toBeLessThan(0.9);
    }
  });

  it('keeps to the brief where it can, and says what it can not do', async () => {
    const passages = await passagesOf('ru');
    const objectives = ['Создать таблицу', 'Написать запрос'];
    const brief = aBrief({
      learning_outcomes: objectives,
      target_audience: 'Библиотекари',
      style: 'storytelling',
      language: 'en',
      content_strategy: 'create_from_scratch',
    });
    const { analysis, outline } = await makeCourse(engine, brief, passages);
    expect(analysis).toMatchObject({ objectives, audience: 'Библиотекари' });
    expect(analysis.notice).toMatch(
      /language model.*style and strategy decide.*New text cannot.*another language \(Russian\)/s,
    );
    const lesson = {
      brief,
      outline,
      sectionIndex: 0,
      lessonIndex: 0,
      passages,
    };
    const content = await engine.lesson(
      { ...lesson, instruction: 'Make it funny' },
      { signal: new AbortController().signal },
    );
    expect(content.notice).toMatch(/instruction was not followed/);
  });

  it('asks questions in headings in the socratic style', async () => {
    const { lessons } = await courseOf('ru', { style: 'socratic', language: 'ru' });
    const headings = lessons.flatMap(({ content }) => content.markdown.match(/^##.*$/gm) ?? []);
    expect(headings).toContain('## Что такое нормализация?');
    expect(headings.every((heading) => heading.endsWith('?'))).toBe(true);
  });

  it('shows nothing of the source that could harm its reader', async () => {
    const text = `# Title\n\nA <script>alert(1)</script> paragraph with ![a picture](http://evil.test/x.png), a [local link](../secrets.md), a [web link](https://example.org) and a note[^1].\n\n<iframe src="http://evil.test"></iframe>\n\n[click](javascript:alert(1)) this long enough second paragraph of the text.\n\n[^1]: A note.\n`;
    const parsed = markdownDocument('md', text);
    const passages = chunkDocument(parsed).map((chunk) => ({
      ...chunk,
      id: `p${chunk.position}`,
      documentId: 'd',
      documentName: 'x.md',
    }));
    const { lessons } = await makeCourse(engine, aBrief({ language: 'en' }), passages);
    const markdown = lessons.map(({ content }) => content.markdown).join('\n');
    expect(markdown).not.toMatch(/script>|iframe|evil\.test|secrets|javascript:/);
    expect(markdown).toContain('[web link](https://example.org)');
    expect(citationMarks(markdown)).toEqual([1, 2]);
  });

  it('is the same every time', async () => {
    const passages = await passagesOf('en');
    const brief = aBrief({ language: 'en' });
    const one = await makeCourse(engine, brief, passages);
    const other = await makeCourse(createExtractiveEngine(), brief, [...passages].reverse());
    expect(other.outline).toEqual(one.outline);
    expect(other.lessons.map(({ content }) => content)).toEqual(one.lessons.map(({ content }) => content));
    expect(other.summary).toEqual(one.summary);
  });

  it('has a glossary of the terms its lessons define', async () => {
    const { summary } = await courseOf('ru');
    const terms = new Map(summary.glossary.map(({ term, definition }) => [term, definition]));
    expect(terms.get('внешний ключ')).toBe('Столбец, значения которого ссылаются на первичный ключ другой таблицы.');
    expect(terms.size).toBeGreaterThan(15);
    expect(summary.overview).toContain('5 разделов');
  });
});

describe('a course without documents', () => {
  it.each([
    ['ru', 5],
    ['en', 5],
    ['ru', 15],
    ['en', 45],
    ['de', 10],
  ] as const)('is an honest scaffold that passes the gates: %s, %i minutes', async (language, minutes) => {
    const brief = aBrief({
      language,
      lesson_duration_minutes: minutes,
      title: 'Тайм-менеджмент',
      learning_outcomes: ['Планировать неделю', 'Отличать срочное от важного'],
      target_audience: 'учителя',
    });
    const { analysis, outline, lessons } = await makeCourse(engine, brief, []);
    expect(checkOutline(outline, [])).toEqual([]);
    // Of long lessons there are fewer: outcomes then share one.
    expect(outline.sections.map(({ title }) => title).join('; ')).toBe(brief.learning_outcomes.join('; '));
    expect(analysis.notice).toMatch(language === 'ru' ? /нет документов/ : /no documents/);
    const written: { title: string; text: string }[] = [];
    for (const { lesson, content } of lessons) {
      expect(checkLesson(content, [], brief)).toEqual([]);
      expect(coversObjectives(content.markdown, lesson.objectives, language)).toEqual([]);
      expect(unlikeOthers(content.markdown, written, language)).toEqual([]);
      const words = lexiconOf(language).count(content.markdown);
      expect(fitsDuration(words, lessonWords(brief, language), null)).toEqual([]);
      written.push({ title: lesson.title, text: content.markdown });
      expect(content).toMatchObject({ quiz: [], citations: [] });
      expect(content.notice).toMatch(language === 'ru' ? /заготовка/ : /scaffold/);
    }
  });

  it('has as many sections and lessons as asked for, up to what the brief has substance for', async () => {
    const few = aBrief({
      estimated_sections: 4,
      estimated_lessons: 20,
      learning_outcomes: ['Plan', 'Draw', 'Build', 'Test'],
    });
    const course = await makeCourse(engine, few, []);
    expect(course.outline.sections.map(({ lessons }) => lessons.length)).toEqual([5, 5, 5, 5]);
    const brief = aBrief({ estimated_sections: 30, estimated_lessons: 300 });
    const context = { signal: new AbortController().signal };
    const analysis = await engine.analyze({ brief, passages: [] }, context);
    const outline = await engine.outline({ brief, analysis, passages: [] }, context);
    expect(checkOutline(outline, [])).toEqual([]);
    expect(outline.sections).toHaveLength(30);
    expect(outline.sections.flatMap(({ lessons }) => lessons)).toHaveLength(48);
    expect(analysis.notice).toMatch(/48 вместо 300/);
  });

  it('says so when the documents held nothing to teach', async () => {
    const empty = chunkDocument(markdownDocument('md', '# Only\n\n## Headings\n\n---'));
    const passages = empty.map((chunk) => ({ ...chunk, id: 'p', documentId: 'd', documentName: 'x.md' }));
    const { analysis } = await makeCourse(engine, aBrief({ language: 'en' }), passages);
    expect(analysis.notice).toMatch(/uploaded documents hold no text/);
  });
});

describe('the engine', () => {
  it('stops when aborted, with the signal as the reason', async () => {
    const passages = await passagesOf('ru');
    const stop = new AbortController();
    const reason = new Error('cancelled');
    stop.abort(reason);
    const context = { signal: stop.signal };
    const { outline, analysis } = await courseOf('ru');
    await expect(engine.analyze({ brief: aBrief(), passages }, context)).rejects.toBe(reason);
    await expect(engine.outline({ brief: aBrief(), analysis, passages }, context)).rejects.toBe(reason);
    await expect(
      engine.lesson({ brief: aBrief(), outline, sectionIndex: 0, lessonIndex: 0, passages }, context),
    ).rejects.toBe(reason);
    await expect(engine.summarize({ brief: aBrief(), outline, lessons: [] }, context)).rejects.toBe(reason);
  });

  it('says plainly when a lesson or its passages do not exist', async () => {
    const passages = await passagesOf('ru');
    const { outline } = await courseOf('ru');
    const signal = new AbortController().signal;
    const input = { brief: aBrief(), outline, sectionIndex: 0, lessonIndex: 0 };
    await expect(engine.lesson({ ...input, lessonIndex: 99, passages }, { signal })).rejects.toThrow('no such lesson');
    await expect(engine.lesson({ ...input, passages: [] }, { signal })).rejects.toMatchObject({ retry: false });
  });

  const phrase = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      'Ключ — это столбец, который определяет строку таблицы.',
      'A key is a column that identifies a row of a table.',
      'Нельзя хранить больше 30 строк.',
      'The table must not hold 12 rows before the end.',
      'Виды таковы:',
      '- первый: самый важный из всех\n- второй: менее важный из всех\n- третий: совсем не важный пункт',
      '1. one\n2. two\n3. three',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '```js\nconst x = "[^1]";\n```',
      '## Heading',
      '> quote\n> more',
      'Сноска[^2] и [ссылка](x.md).',
      '<b>bold</b>',
      '**Termin** ist `code`.',
      '数据库是数据的集合。它很重要。',
    ),
  );
  const markdown = fc.array(phrase, { minLength: 1, maxLength: 25 }).map((phrases) => phrases.join('\n\n'));
  const passagesArbitrary: fc.Arbitrary<Passage[]> = fc.array(markdown, { maxLength: 4 }).map((texts) =>
    texts.flatMap((text, index) =>
      chunkDocument(markdownDocument('md', text)).map((chunk) => ({
        ...chunk,
        id: `${index}-${chunk.position}`,
        documentId: `d${index}`,
        documentName: `Документ ${index}.md`,
      })),
    ),
  );
  const text = fc.string({ unit: 'grapheme', maxLength: 80 });
  const brief = fc
    .record({
      title: fc.oneof(fc.constant('Курс по базам'), fc.string({ unit: 'grapheme', minLength: 3, maxLength: 60 })),
      course_description: text,
      target_audience: text,
      prerequisites: text,
      learning_outcomes: fc.array(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: BRIEF_LIMITS.outcomeLengthMax }),
        { maxLength: 5 },
      ),
      language: fc.constantFrom(...COURSE_LANGUAGES),
      style: fc.constantFrom(...COURSE_STYLES),
      difficulty: fc.constantFrom(...DIFFICULTIES),
      content_strategy: fc.constantFrom(...CONTENT_STRATEGIES),
      estimated_sections: fc.option(fc.integer({ min: 1, max: 30 })),
      estimated_lessons: fc.option(fc.integer({ min: 1, max: 40 })),
      lesson_duration_minutes: fc.constantFrom(...LESSON_DURATIONS_MINUTES),
    })
    .map((fields) => briefSchema.safeParse(fields))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data);

  it('makes a valid course of any brief and any passages', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(brief, passagesArbitrary, async (anyBrief, passages) => {
        const { analysis, outline, lessons, summary } = await makeCourse(engine, anyBrief, passages);
        expect(analysisSchema.safeParse(analysis).success).toBe(true);
        expect(outlineSchema.safeParse(outline).success).toBe(true);
        expect(courseSummarySchema.safeParse(summary).success).toBe(true);
        expect(checkOutline(outline, passages)).toEqual([]);
        for (const { content, own } of lessons) {
          expect(lessonContentSchema.safeParse(content).success).toBe(true);
          const failures = checkLesson(content, own, anyBrief).filter(({ gate }) => /schema|citation|quiz/.test(gate));
          expect(failures).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

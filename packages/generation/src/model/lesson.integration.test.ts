import { PermanentFault } from '@megacampus/domain/errors';
import type { ModelBehaviour } from '@megacampus/test-kit/model-server';
import { expect, it } from 'vitest';
import type { LessonInput } from '../engine.ts';
import { aBrief, passagesOf } from '../extractive/fixtures/course-from.ts';
import { type ModelLab, modelLab } from './testing/lab.ts';
import type { LessonWire, QuizWire } from './wire.ts';

/** The first lesson of a course from a document, with its passages. */
async function firstLesson(lab: ModelLab): Promise<LessonInput> {
  const passages = await passagesOf('ru');
  const brief = aBrief({ title: 'Базы данных', language: 'ru', estimated_lessons: 4 });
  const analysis = await lab.engine.analyze({ brief, passages }, lab.context());
  const outline = await lab.engine.outline({ brief, analysis, passages }, lab.context());
  const own = passages.filter(({ id }) => outline.sections[0]?.lessons[0]?.passageIds.includes(id));
  return { brief, outline, sectionIndex: 0, lessonIndex: 0, passages: own };
}

const changed = (change: (lesson: LessonWire) => LessonWire): ModelBehaviour => ({
  kind: 'content',
  make: (_, good) => change(good as LessonWire),
});
const invented = 'Исследования Гарварда доказали, что музыка Моцарта ускоряет рост стеблей вдвое и радует соседей.';

it('a paragraph that no passage supports is not published, whether or not it has a footnote', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  lab.server.next(
    changed((l) => ({ ...l, markdown: `${invented}\n\n${l.markdown}\n\n${invented} [^1]` })),
    { call: 'lesson' },
  );
  const { markdown } = await lab.engine.lesson(input, lab.context());
  expect(markdown).not.toContain('Моцарта');
  expect(lab.server.of('lesson')).toHaveLength(1);
});

it('without strict sources it may stand', async () => {
  const lab = await modelLab({ strictSources: false });
  const input = await firstLesson(lab);
  lab.server.next(
    changed((l) => ({ ...l, markdown: `${invented}\n\n${l.markdown}` })),
    { call: 'lesson' },
  );
  expect((await lab.engine.lesson(input, lab.context())).markdown).toContain('Моцарта');
});

it('a lesson that is mostly made up is asked for again, with the paragraphs that no passage says', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  const much = Array.from({ length: 12 }, (_, index) => `${invented} Опыт ${index}.`).join('\n\n');
  lab.server.next(
    changed((l) => ({ ...l, markdown: `${l.markdown}\n\n${much}` })),
    { call: 'lesson' },
  );
  await lab.engine.lesson(input, lab.context());
  expect(lab.server.of('lesson')[1]?.body.messages.at(-1)?.content).toContain('unsupported: no passage says');
});

it('a quotation that is not quite exact is published as it stands in the passage', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  const sloppy = changed((l) => ({
    ...l,
    citations: l.citations.map(({ passage, quote }) => ({
      passage,
      quote: `  ${quote.replaceAll(' ', '\n').replaceAll('—', '-')} `,
    })),
  }));
  lab.server.next(sloppy, { call: 'lesson' });
  const { citations } = await lab.engine.lesson(input, lab.context());
  expect(citations.length).toBeGreaterThan(0);
  for (const { passageId, quote } of citations) {
    expect(input.passages.find(({ id }) => id === passageId)?.text).toContain(quote);
  }
  expect(lab.server.of('lesson')).toHaveLength(1);
});

it.each<[string, (l: LessonWire) => LessonWire, string]>([
  [
    'quotations that nobody wrote',
    (l) => ({ ...l, citations: l.citations.map(({ passage }) => ({ passage, quote: invented })) }),
    'нет ни одной цитаты',
  ],
  ['a placeholder', (l) => ({ ...l, keyPoints: [...l.keyPoints, `TODO ${l.keyPoints[0]}`] }), 'заготовки'],
  ['next to nothing', (l) => ({ ...l, markdown: l.markdown.split('\n\n').slice(0, 3).join('\n\n') }), 'объём'],
  [
    'a text that breaks off',
    (l) => ({ ...l, markdown: `${l.markdown.split('\n\n').slice(0, -1).join('\n\n')}\n\n## Дальше` }),
    'обрывается',
  ],
])('%s, twice, fails the lesson with the reason in plain words', async (_, change, says) => {
  // Without strict sources, which would take some of it out before.
  const lab = await modelLab({ strictSources: false });
  const input = await firstLesson(lab);
  lab.server.next(changed(change), { call: 'lesson', times: 2 });
  const failure = await lab.engine.lesson(input, lab.context()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PermanentFault);
  expect(String(failure)).toContain(says);
  expect(lab.server.of('lesson')).toHaveLength(2);
});

it('a lesson that nearly repeats another fails, and names it to the model', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  const content = await lab.engine.lesson(input, lab.context());
  const written = async () => [{ title: 'Другой урок', content }];
  await expect(lab.engine.lesson({ ...input, written }, lab.context())).rejects.toThrow('почти повторяет');
  expect(lab.server.of('lesson').at(-1)?.body.messages.at(-1)?.content).toContain('Другой урок');
});

it('questions with a wrong key, or that the lesson cannot answer, are asked for again, then left out', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  const spoil: ModelBehaviour = {
    kind: 'content',
    make: (_, good) => {
      const { questions } = good as QuizWire;
      return {
        questions: questions.map((question, index) => {
          if (index === 0) return { ...question, correct: [7] };
          return index === 3 ? { ...question, answer: 'Моцарт' } : question;
        }),
      };
    },
  };
  lab.server.next(spoil, { call: 'quiz', times: 2 });
  const { quiz } = await lab.engine.lesson(input, lab.context());
  expect(lab.server.of('quiz')).toHaveLength(2);
  expect(lab.server.of('quiz')[1]?.body.messages.at(-1)?.content).toMatch(
    /quiz_key: question 1[\s\S]*quiz_support: question 4/,
  );
  expect(quiz.map(({ kind }) => kind)).toEqual(['multiple', 'true_false']);
});

it('a course whose summary the model cannot give gets one from its lessons', async () => {
  const lab = await modelLab();
  const input = await firstLesson(lab);
  const content = await lab.engine.lesson(input, lab.context());
  lab.server.behave({ kind: 'refused' });
  const lessons = [{ title: 'Первый', content }];
  const summary = await lab.engine.summarize({ brief: input.brief, outline: input.outline, lessons }, lab.context());
  expect(summary.overview).not.toBe('');
});

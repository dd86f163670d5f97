import {
  CONTENT_STRATEGIES,
  COURSE_LANGUAGES,
  COURSE_STYLES,
  DIFFICULTIES,
  LESSON_DURATIONS_MINUTES,
  OUTPUT_FORMATS,
} from '@megacampus/domain/course';
import { expect, test } from 'vitest';
import { briefFormSchema } from './brief-form.ts';

/** The form as it is sent when only the title has been filled in. */
const untouched = {
  title: 'Основы фотографии',
  course_description: '',
  target_audience: '',
  prerequisites: '',
  learning_outcomes: '',
  language: 'ru',
  style: 'conversational',
  difficulty: 'beginner',
  content_strategy: 'auto',
  estimated_sections: '',
  estimated_lessons: '',
  lesson_duration_minutes: '5',
  output_formats: 'text',
} as const;

test('a title is enough', () => {
  expect(briefFormSchema.parse(untouched)).toMatchObject({
    title: 'Основы фотографии',
    learning_outcomes: [],
    estimated_sections: null,
    estimated_lessons: null,
    lesson_duration_minutes: 5,
    output_formats: ['text'],
  });
});

test('every option that the form offers is accepted', () => {
  const options = [
    ...COURSE_LANGUAGES.map((language) => ({ language })),
    ...COURSE_STYLES.map((style) => ({ style })),
    ...DIFFICULTIES.map((difficulty) => ({ difficulty })),
    ...CONTENT_STRATEGIES.map((content_strategy) => ({ content_strategy })),
    ...OUTPUT_FORMATS.map((output_formats) => ({ output_formats })),
    ...LESSON_DURATIONS_MINUTES.map((minutes) => ({ lesson_duration_minutes: String(minutes) })),
  ];
  for (const option of options) expect(briefFormSchema.safeParse({ ...untouched, ...option }).success).toBe(true);
});

test('outcomes are lines, blank ones left out', () => {
  const { learning_outcomes } = briefFormSchema.parse({
    ...untouched,
    learning_outcomes: ' снимать \n\nкадрировать\n',
  });
  expect(learning_outcomes).toEqual(['снимать', 'кадрировать']);
});

test.each([
  ['title', 'ab'],
  ['title', ' '.repeat(9)],
  ['title', 'x'.repeat(201)],
  ['estimated_sections', '0'],
  ['estimated_sections', '31'],
  ['estimated_lessons', '1.5'],
  ['estimated_lessons', 'много'],
  ['lesson_duration_minutes', '7'],
  ['learning_outcomes', 'x\n'.repeat(16)],
  ['style', 'rude'],
  ['output_formats', 'video'],
])('%s %j is refused at its field', (field, value) => {
  const { error } = briefFormSchema.safeParse({ ...untouched, [field]: value });
  expect(error?.issues[0]?.path[0]).toBe(field);
});

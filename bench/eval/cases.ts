import { type Brief, briefSchema } from '@megacampus/domain/course';

export interface EvalCase {
  readonly name: string;
  readonly brief: Brief;
  /** From the root of the repository. */
  readonly documents: readonly string[];
}

export const HANDBOOK_RU = 'packages/stack/fixtures/sample-course.md';
export const HANDBOOK_EN = 'packages/stack/fixtures/sample-course.en.md';
export const SAFETY_RU = 'packages/generation/fixtures/safety-at-work.cp1251.txt';
export const BEES_EN = 'packages/generation/fixtures/beekeeping.en.txt';

/** Where a real book is written when it is needed, of 320 pages (en) or 180 (ru): see long-book.process.ts. */
export const BOOK_DIR = '.local/bench/';
const debianHandbook = (language: 'ru' | 'en', format: 'pdf' | 'docx' | 'pptx' | 'html') =>
  `${BOOK_DIR}debian-handbook.${language}.${format}`;
/** The handbook in other formats. */
const handbook = (language: 'ru' | 'en', format: string) =>
  `packages/generation/fixtures/databases.${language}.${format}`;

function define(name: string, documents: readonly string[], title: string, fields: Partial<Brief> = {}): EvalCase {
  return { name, documents, brief: briefSchema.parse({ title, ...fields }) };
}

/** Both languages, headings and none, one document and several, a whole book, long and short lessons, and no documents. */
export const CASES: readonly EvalCase[] = [
  define('handbook-ru', [HANDBOOK_RU], 'Введение в базы данных'),
  define('handbook-en', [HANDBOOK_EN], 'Introduction to databases', { language: 'en' }),
  define('handbook-ru-micro', [HANDBOOK_RU], 'Базы данных за неделю', {
    style: 'microlearning',
    lesson_duration_minutes: 3,
  }),
  define('handbook-ru-6-lessons', [HANDBOOK_RU], 'Базы данных кратко', { estimated_sections: 3, estimated_lessons: 6 }),
  define('handbook-en-20-min', [HANDBOOK_EN], 'Databases in depth', {
    language: 'en',
    style: 'academic',
    difficulty: 'advanced',
    lesson_duration_minutes: 20,
    learning_outcomes: ['Design a normalised database', 'Write SQL queries with joins and groups'],
  }),
  define('safety-ru-cp1251', [SAFETY_RU], 'Охрана труда', { style: 'practical' }),
  define('bees-en-plain-text', [BEES_EN], 'Keeping bees', { language: 'en', style: 'storytelling' }),
  define('two-documents-ru', [HANDBOOK_RU, SAFETY_RU], 'Вводный курс для сотрудника библиотеки'),
  define('pdf-ru', [handbook('ru', 'pdf')], 'Введение в базы данных'),
  define('docx-ru', [handbook('ru', 'docx')], 'Введение в базы данных', { lesson_duration_minutes: 15 }),
  define('pptx-en', [handbook('en', 'pptx')], 'Introduction to databases', { language: 'en' }),
  define('html-en', [handbook('en', 'html')], 'Introduction to databases', { language: 'en', style: 'academic' }),
  define('book-320-pages-en-pdf', [debianHandbook('en', 'pdf')], 'Debian for administrators', { language: 'en' }),
  define('book-180-pages-ru-pdf', [debianHandbook('ru', 'pdf')], 'Debian для администратора'),
  define('book-ru-docx-10-min', [debianHandbook('ru', 'docx')], 'Debian для администратора', {
    lesson_duration_minutes: 10,
    style: 'practical',
  }),
  define('book-ru-pptx-20-lessons', [debianHandbook('ru', 'pptx')], 'Debian кратко', { estimated_lessons: 20 }),
  define('book-en-html-academic', [debianHandbook('en', 'html')], 'Debian in depth', {
    language: 'en',
    style: 'academic',
    lesson_duration_minutes: 15,
  }),
  define('no-documents-ru', [], 'Основы фотографии', {
    course_description: 'Экспозиция, композиция, свет и обработка снимков для тех, кто купил первую камеру.',
    learning_outcomes: ['Выбирать выдержку и диафрагму', 'Строить композицию кадра'],
  }),
  define('no-documents-en', [], 'Personal finance for students', {
    language: 'en',
    course_description: 'Budgets, savings, loans and insurance for students who live on their own for the first time.',
    learning_outcomes: ['Plan a monthly budget', 'Compare two loans'],
  }),
];

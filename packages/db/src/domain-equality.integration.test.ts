import {
  BRIEF_LIMITS,
  briefSchema,
  CONTENT_STRATEGIES,
  COURSE_LANGUAGES,
  COURSE_STYLES,
  DIFFICULTIES,
  LESSON_DURATIONS_MINUTES,
  OUTPUT_FORMATS,
  TRASH_DAYS,
} from '@megacampus/domain/course';
import { METRIC_EVENTS, SEVERITIES } from '@megacampus/domain/events';
import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import {
  COURSE_STATUSES,
  ENDED_STATUSES,
  GENERATION_STATUSES,
  percentageOf,
  STEP_IDS,
  statusOfStep,
  stepName,
} from '@megacampus/domain/steps';
import { DOCUMENT_TYPES, TIERS, tierPolicy } from '@megacampus/domain/tiers';
import { expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();

const ENUMS: Record<string, readonly string[]> = {
  tier: TIERS,
  document_type: DOCUMENT_TYPES,
  course_status: COURSE_STATUSES,
  generation_status: GENERATION_STATUSES,
  metric_event: METRIC_EVENTS,
  severity: SEVERITIES,
  course_language: COURSE_LANGUAGES,
  course_style: COURSE_STYLES,
  difficulty: DIFFICULTIES,
  content_strategy: CONTENT_STRATEGIES,
  user_role: ['user', 'admin'],
  document_status: ['uploaded', 'processed', 'failed'],
  lesson_status: ['pending', 'completed', 'failed'],
  question_kind: ['single', 'multiple', 'true_false', 'short'],
};

test('every enum of the database is the list of the domain, in its order', async () => {
  const found = await db.rows<{ name: string; values: string[] }>(
    `SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS values
     FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid
     WHERE typnamespace = 'public'::regnamespace GROUP BY typname`,
  );
  expect(Object.fromEntries(found.map(({ name, values }) => [name, values]))).toEqual(ENUMS);
});

test('tier_policies is the table of tiers', async () => {
  const found = await db.rows(
    'SELECT *, max_file_size_bytes::int, document_types::text[] FROM tier_policies ORDER BY tier',
  );
  expect(found).toEqual(
    TIERS.map((tier) => {
      const policy = tierPolicy(tier);
      return {
        tier,
        concurrent_generations: policy.concurrentGenerations,
        weight: policy.weight,
        documents_per_course: policy.documentsPerCourse,
        max_file_size_bytes: policy.maxFileSizeBytes,
        document_types: policy.documentTypes,
      };
    }),
  );
});

test.each([true, false])('names and statuses of the steps (documents: %s)', async (hasDocuments) => {
  const found = await db.rows(
    `SELECT private.step_name(id, $1) AS name, private.status_of_step(id, $1)::text AS status
     FROM generate_series(1, 5) AS id ORDER BY id`,
    [hasDocuments],
  );
  expect(found).toEqual(
    STEP_IDS.map((id) => ({ name: stepName(id, hasDocuments), status: statusOfStep(id, hasDocuments) })),
  );
});

test('percentages, for every number of lessons up to the largest course', async () => {
  for (const id of STEP_IDS) {
    for (const status of ['in_progress', 'completed'] as const) {
      const { value } = await db.one('SELECT private.percentage_of($1, $2, 0, 0) AS value', [id, status]);
      expect(value).toBe(percentageOf(id, status));
    }
  }
  const found = await db.rows<{ done: number; total: number; value: number }>(
    `SELECT done, total, private.percentage_of(4, 'in_progress', done, total) AS value
     FROM generate_series(1, 300, 7) AS total, generate_series(0, total + 1) AS done`,
  );
  for (const { done, total, value } of found) expect(value).toBe(percentageOf(4, 'in_progress', { done, total }));
});

test('the statuses that end a generation', async () => {
  const found = await db.rows<{ status: string }>(
    'SELECT status::text FROM unnest(enum_range(NULL::generation_status)) AS status WHERE private.has_ended(status)',
  );
  expect(found.map(({ status }) => status).toSorted()).toEqual(ENDED_STATUSES.toSorted());
});

test('a course gets the defaults of the brief', async () => {
  const { courseId } = await db.addCourse();
  const { brief } = await db.one('SELECT private.brief_of(courses) AS brief FROM courses WHERE id = $1', [courseId]);
  expect(brief).toEqual(briefSchema.parse({ title: 'Курс для проверки' }));
});

const L = BRIEF_LIMITS;
test.each<[column: string, good: unknown, bad: unknown]>([
  ['title', 'x'.repeat(L.titleMin), 'x'.repeat(L.titleMin - 1)],
  ['title', 'x'.repeat(L.titleMax), 'x'.repeat(L.titleMax + 1)],
  ['title', 'a b', '    '],
  ['course_description', 'x'.repeat(L.textMax), 'x'.repeat(L.textMax + 1)],
  ['target_audience', 'x'.repeat(L.textMax), 'x'.repeat(L.textMax + 1)],
  ['prerequisites', 'x'.repeat(L.textMax), 'x'.repeat(L.textMax + 1)],
  ['learning_outcomes', Array(L.outcomesMax).fill('x'), Array(L.outcomesMax + 1).fill('x')],
  ['learning_outcomes', ['x'.repeat(L.outcomeLengthMax)], ['x'.repeat(L.outcomeLengthMax + 1)]],
  ['learning_outcomes', [], ['']],
  ['learning_outcomes', ['a'], [null]],
  ['estimated_sections', 1, 0],
  ['estimated_sections', L.sectionsMax, L.sectionsMax + 1],
  ['estimated_lessons', 1, 0],
  ['estimated_lessons', L.lessonsMax, L.lessonsMax + 1],
  ['output_formats', [...OUTPUT_FORMATS], ['pdf']],
  ['output_formats', [...OUTPUT_FORMATS], []],
  ...LESSON_DURATIONS_MINUTES.map((minutes): [string, unknown, unknown] => [
    'lesson_duration_minutes',
    minutes,
    minutes + 1,
  ]),
])('bounds of %s', async (column, good, bad) => {
  const { courseId } = await db.addCourse();
  const set = (value: unknown) => db.rows(`UPDATE courses SET ${column} = $2 WHERE id = $1`, [courseId, value]);
  await set(good);
  await expect(set(bad)).rejects.toThrow();
});

test('a slug is what makeSlug makes', async () => {
  const { courseId } = await db.addCourse();
  const set = (slug: string) => db.rows('UPDATE courses SET slug = $2 WHERE id = $1', [courseId, slug]);
  for (const bad of ['', 'A', 'a b', '-a', 'a-', 'a--b', 'курс', '../x', 'a/b', 'x'.repeat(96)]) {
    await expect(set(bad), bad).rejects.toMatchObject({ code: '23514' });
  }
});

test('deleted courses are kept for as long as pages say', async () => {
  expect(await db.one('SELECT private.trash_days() AS days')).toEqual({ days: TRASH_DAYS });
});

test('the global limit has the bounds of the domain', async () => {
  const { min, max } = GLOBAL_LIMIT;
  const set =
    'INSERT INTO settings (key, value) VALUES ($1, to_jsonb($2::integer)) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value';
  for (const [value, isGood] of [
    [min - 1, false],
    [min, true],
    [max, true],
    [max + 1, false],
  ] as const) {
    await db.inTransaction(async (query) => {
      const done = query(set, ['global_concurrency_limit', value]);
      if (isGood) await done;
      else await expect(done).rejects.toThrow('settings_check');
    });
  }
});

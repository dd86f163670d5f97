import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENT_STRATEGIES, COURSE_STYLES, DIFFICULTIES, OUTPUT_FORMATS } from '@megacampus/domain/course';
import { DOCUMENT_ERROR_REASONS } from '@megacampus/domain/errors';
import { GENERATION_STATUSES } from '@megacampus/domain/steps';
import { expect, test } from 'vitest';
import en from './messages/en.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };

/** Every message by its path, with the names of its parameters. */
function shape(messages: object, path = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value !== 'string') return shape(value as object, here);
    const parameters = [...value.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1]).sort();
    return `${here}(${[...new Set(parameters)].join()})`;
  });
}

test('both languages have the same messages with the same parameters', () => {
  expect(shape(en).sort()).toEqual(shape(ru).sort());
});

test('every option of the domain has its name', () => {
  expect(Object.keys(ru.styles)).toEqual([...COURSE_STYLES]);
  expect(Object.keys(ru.difficulties)).toEqual([...DIFFICULTIES]);
  expect(Object.keys(ru.strategies)).toEqual([...CONTENT_STRATEGIES]);
  expect(Object.keys(ru.formats)).toEqual([...OUTPUT_FORMATS]);
  expect(Object.keys(ru.documents.reasons)).toEqual([...DOCUMENT_ERROR_REASONS]);
  expect(Object.keys(ru.status)).toEqual(['draft', ...GENERATION_STATUSES]);
});

test('Russian plurals have all their forms', () => {
  for (const [, forms] of JSON.stringify(ru).matchAll(/, plural,((?: ?=?\w+ \{[^{}]*\})+)\}/g)) {
    const names = [...(forms ?? '').matchAll(/(=?\w+) \{/g)].map((match) => match[1]);
    expect(names, forms).toContain('other');
  }
});

test('no page or component has Russian text of its own', () => {
  const root = join(import.meta.dirname, '..');
  const guilty = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(app|features|forms|ui)\/.*\.tsx?$/.test(file) && !/\.test\.|^app\/api/.test(file))
    .filter((file) => /[а-яё]/i.test(readFileSync(join(root, file), 'utf8')));
  expect(guilty).toEqual([]);
});

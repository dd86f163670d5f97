import { expect, it } from 'vitest';
import { DIFFICULTY_RULES } from './difficulty.ts';
import { LANGUAGE_RULES } from './languages.ts';
import { STRATEGY_RULES } from './strategies.ts';
import { STYLE_RULES } from './styles.ts';

it.each([
  ['styles', STYLE_RULES, 19],
  ['languages', LANGUAGE_RULES, 19],
  ['levels', DIFFICULTY_RULES, 3],
  ['strategies', STRATEGY_RULES, 4],
])('each of the %s says something of its own', (_, table, count) => {
  const rules = Object.values(table).map((rule) => JSON.stringify(rule));
  expect(new Set(rules).size).toBe(count);
  for (const rule of rules) expect(rule.length).toBeGreaterThan(30);
});

import { expect, test } from 'vitest';
import { isAnswered, isRight } from './quiz-view.ts';

test('options must be exactly the right ones, in any order', () => {
  expect(isRight({ answer: [0, 2] }, [2, 0])).toBe(true);
  expect(isRight({ answer: [0, 2] }, [0])).toBe(false);
  expect(isRight({ answer: [0, 2] }, [0, 1, 2])).toBe(false);
  expect(isRight({ answer: [0] }, undefined)).toBe(false);
});

test('a short answer is compared by its words', () => {
  expect(isRight({ answer: 'Фотосинтез' }, ' фотосинтез. ')).toBe(true);
  expect(isRight({ answer: 'Зелёный лист' }, 'зеленый  лист')).toBe(true);
  expect(isRight({ answer: 'Фотосинтез' }, 'дыхание')).toBe(false);
});

test('nothing chosen and blank text are no answers', () => {
  expect([undefined, [], '  '].map(isAnswered)).toEqual([false, false, false]);
  expect([[0], 'да'].map(isAnswered)).toEqual([true, true]);
});

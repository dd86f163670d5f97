import { describe, expect, it } from 'vitest';
import { lexiconOf } from '../../language/words.ts';
import { definitionsIn } from '../definitions.ts';
import { readPassage, type Sentence } from '../passage-blocks.ts';
import { falsify, numberIn, otherNumbers } from './falsify.ts';

const blank = {
  id: 'p',
  documentId: 'd',
  documentName: 'd.md',
  headingPath: [],
  page: null,
  start: 0,
  end: 0,
  position: 0,
};
function wrongOf(text: string, language: 'ru' | 'en'): (string | null)[] {
  const lexicon = lexiconOf(language);
  const blocks = readPassage({ ...blank, text }, lexicon);
  const definitions = definitionsIn(blocks, lexicon);
  const sentences: Sentence[] = blocks.flatMap((block) => [...block.sentences]);
  return sentences.map((sentence) => falsify(sentence, definitions, lexicon, () => 0)?.text ?? null);
}

describe('falsify', () => {
  it('gives a term the definition of another', () => {
    const text =
      'Первичный ключ — это столбец, который определяет строку таблицы. Внешний ключ — это столбец, который ссылается на другую таблицу.';
    expect(wrongOf(text, 'ru')).toEqual([
      'Первичный ключ — это столбец, который ссылается на другую таблицу.',
      'Внешний ключ — это столбец, который определяет строку таблицы.',
    ]);
  });

  it('says the opposite in the right case', () => {
    expect(wrongOf('Порядок строк в таблице не имеет значения для запроса.', 'ru')).toEqual([
      'Порядок строк в таблице имеет значение для запроса.',
    ]);
  });

  it('never gives a kind the definition of its class, which would be true of it', () => {
    const text =
      'Ключ — это столбец, который помогает отличить одну строку от другой. Внешний ключ — это столбец, который ссылается на другую таблицу.';
    expect(wrongOf(text, 'ru')).toEqual([null, null]);
    const english =
      'A key is a column that tells one row from another. A foreign key is a column that refers to another table.';
    expect(wrongOf(english, 'en')).toEqual([null, null]);
  });

  it.each([
    ['Нельзя подходить к оголённому проводу.', 'Можно подходить к оголённому проводу.'],
    [
      'Погрузчик всегда имеет преимущество перед пешеходом.',
      'Погрузчик никогда не имеет преимущество перед пешеходом.',
    ],
    ['Ширина прохода не меньше 1 метра.', 'Ширина прохода не больше 1 метра.'],
    ['Значения ключа не бывают пустыми.', 'Значения ключа бывают пустыми.'],
    ['Охлаждают ожог не дольше 20 минут подряд.', 'Охлаждают ожог не дольше 40 минут подряд.'],
    ['Это сказал Пушкин в главе 3 своего романа.', null],
    ['Перерыв длится от 10 до 15 минут каждый час.', null],
    ['Столбец хранит обычное значение.', null],
  ])('turns a Russian statement round: %s', (text, expected) => {
    expect(wrongOf(text, 'ru')).toEqual([expected]);
  });

  it.each([
    ['The entrance must not point at a path.', 'The entrance must point at a path.'],
    ['Every index slows down inserting.', 'Every index speeds up inserting.'],
    ['A sample of 300 bees is shaken in a jar.', 'A sample of 600 bees is shaken in a jar.'],
    ['Keep more than 9 mites, but less than 12 of them.', null],
  ])('turns an English statement round: %s', (text, expected) => {
    expect(wrongOf(text, 'en')).toEqual([expected]);
  });

  it('finds only numbers that can be changed, and others of the same grammar', () => {
    expect(numberIn('раз в 6 месяцев.')).toEqual({ value: 6, start: 6, end: 7 });
    expect(numberIn('см. рис. 6.')).toBeNull();
    expect(numberIn('версия 3.5 лучше')).toBeNull();
    const rules = new Intl.PluralRules('ru');
    for (const value of [1, 2, 3, 5, 21, 30, 112, 1970]) {
      for (const other of otherNumbers(value, 'ru')) {
        expect(other).not.toBe(value);
        expect(rules.select(other)).toBe(rules.select(value));
      }
    }
  });
});

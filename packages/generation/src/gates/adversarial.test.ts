import type { CourseLanguage } from '@megacampus/domain/course';
import { describe, expect, it } from 'vitest';
import type { Passage, QuizQuestion } from '../engine.ts';
import { answersFromLesson } from './quiz-support.ts';
import { keepSupported } from './support.ts';

const passage = (id: string, text: string): Passage => ({
  id,
  text,
  documentId: 'd',
  documentName: 'd.md',
  headingPath: [],
  page: null,
  start: 0,
  end: text.length,
  position: 0,
});

const SOURCES = {
  ru: [
    passage(
      'p1',
      'Взрослому кусту нужно десять литров воды раз в неделю, молодому достаточно пяти литров. Поливают под корень, утром или вечером. Вода на листьях вызывает болезни. Поливать в полдень нельзя.',
    ),
    passage(
      'p2',
      'Сорт «Глория Дей» вывел Франсис Мейян в 1935 году. Сорт «Флорибунда» получил Дитер Поульсен в 1911 году. Без удобрений кусты цветут слабее. Почву рыхлят на глубину 5 см.',
    ),
  ],
  en: [
    passage(
      'p1',
      'A grown bush needs ten litres of water once a week, a young one needs five litres. Water the roots in the morning or in the evening. Water on the leaves causes diseases. Never water roses at noon.',
    ),
    passage(
      'p2',
      'The Peace rose was bred by Francis Meilland in 1935. The first Floribunda rose was bred by Dines Poulsen in 1911. Without fertiliser the bushes flower less. Loosen the soil to a depth of 5 cm.',
    ),
  ],
} as const;

const isPublished = (language: CourseLanguage, text: string, cites: string) => {
  const sources = SOURCES[language as 'ru' | 'en'];
  const quote = sources.find(({ id }) => id === cites)?.text.slice(0, 40) ?? '';
  const citations = [{ passageId: cites, quote }];
  return keepSupported(`${text} [^1]`, citations, sources, language).markdown !== '';
};

describe('what a paragraph with a true footnote must not say', () => {
  it.each<[string, 'ru' | 'en', string, string]>([
    ['a fact denied', 'ru', 'p1', 'Вода на листьях не вызывает болезни.'],
    [
      'a fact denied, in other forms',
      'ru',
      'p1',
      'Воды на листьях бояться не надо: никаких болезней вода на листьях не вызывает.',
    ],
    ['a ban turned into advice', 'ru', 'p1', 'Поливать розы лучше под корень. Поливать в полдень можно и нужно.'],
    ['another number', 'ru', 'p1', 'Взрослому кусту нужно двадцать литров воды раз в неделю.'],
    ['another number in digits', 'ru', 'p1', 'Взрослому кусту раз в неделю нужно 25 литров воды.'],
    ["a number of somebody else's", 'ru', 'p1', 'Взрослому кусту нужно пять литров воды раз в неделю.'],
    ["a year of somebody else's", 'ru', 'p2', 'Сорт «Глория Дей» вывел Франсис Мейян в 1911 году.'],
    ["a name of somebody else's", 'ru', 'p2', 'Сорт «Глория Дей» вывел Дитер Поульсен в 1935 году.'],
    [
      'half of it made up',
      'ru',
      'p1',
      'Поливают под корень, утром или вечером. Исследования Гарварда доказали, что музыка Моцарта ускоряет рост стеблей.',
    ],
    ['a fact denied', 'en', 'p1', 'Water on the leaves does not cause diseases.'],
    ['a fact denied with a contraction', 'en', 'p1', "Water on the leaves doesn't cause diseases."],
    ['another number', 'en', 'p1', 'A grown bush needs twenty litres of water once a week.'],
    ["a number of somebody else's", 'en', 'p1', 'A grown bush needs five litres of water once a week.'],
    ["a year of somebody else's", 'en', 'p2', 'The Peace rose was bred by Francis Meilland in 1911.'],
    ["a name of somebody else's", 'en', 'p2', 'The Peace rose was bred by Dines Poulsen in 1935.'],
    [
      'half of it made up',
      'en',
      'p1',
      'Water the roots in the morning or in the evening. Harvard scientists have proved that Mozart makes stems grow.',
    ],
  ])('%s (%s)', (_, language, cites, text) => {
    expect(isPublished(language, text, cites)).toBe(false);
  });
});

describe('what it may well say', () => {
  it.each<[string, 'ru' | 'en', string, string]>([
    ['the fact in other forms', 'ru', 'p1', 'Болезни вызывает вода, попавшая на листья.'],
    [
      'a number in digits for one in words',
      'ru',
      'p1',
      'Взрослому кусту нужно 10 литров воды в неделю, а молодому — 5 литров.',
    ],
    [
      'parts of a sentence apart',
      'ru',
      'p1',
      'Молодому кусту достаточно пяти литров воды. Взрослому нужно десять литров.',
    ],
    ['a ban in other words', 'ru', 'p1', 'Избегайте поливать кусты в полдень.'],
    ['a denial twice', 'ru', 'p2', 'Без удобрений кусты не цветут сильнее, они цветут слабее.'],
    ['not only', 'ru', 'p1', 'Поливают не только утром: поливают под корень и вечером.'],
    [
      'a count of its own parts',
      'ru',
      'p1',
      'Запомните 3 правила полива. Поливают под корень. Поливают утром или вечером. В полдень поливать нельзя.',
    ],
    [
      'a sentence that leads over',
      'ru',
      'p1',
      'Теперь о поливе. Поливают под корень, утром или вечером, потому что вода на листьях вызывает болезни.',
    ],
    ['the year with its name', 'ru', 'p2', 'В 1935 году Франсис Мейян вывел сорт «Глория Дей».'],
    ['the fact in other forms', 'en', 'p1', 'Diseases are caused by water on the leaves.'],
    [
      'a number in digits for one in words',
      'en',
      'p1',
      'Give a grown bush 10 litres of water a week and a young one 5 litres.',
    ],
    ['a ban in other words', 'en', 'p1', 'Avoid watering roses at noon.'],
    [
      'a question',
      'en',
      'p1',
      'Does water on the leaves not cause diseases? It does: water on the leaves causes diseases.',
    ],
    ['the year with its name', 'en', 'p2', 'In 1935 Francis Meilland bred the Peace rose.'],
  ])('%s (%s)', (_, language, cites, text) => {
    expect(isPublished(language, text, cites)).toBe(true);
  });
});

describe('a quiz', () => {
  const lessons = {
    ru: SOURCES.ru.map(({ text }) => text).join('\n\n'),
    en: SOURCES.en.map(({ text }) => text).join('\n\n'),
  };
  const single = (prompt: string, right: string, wrong: string): QuizQuestion => ({
    kind: 'single',
    prompt,
    options: [wrong, right],
    answer: [1],
    explanation: '—',
  });
  const trueFalse = (prompt: string, key: string, other: string): QuizQuestion => ({
    kind: 'true_false',
    prompt,
    options: [key, other],
    answer: [0],
    explanation: '—',
  });
  const short = (prompt: string, answer: string): QuizQuestion => ({
    kind: 'short',
    prompt,
    options: [],
    answer,
    explanation: '—',
  });

  it.each<[string, 'ru' | 'en', QuizQuestion]>([
    ['a number of something else', 'ru', single('Сколько воды нужно взрослому кусту?', 'Пять литров', 'Десять литров')],
    ['a number of nothing', 'ru', single('Сколько воды нужно взрослому кусту?', '100 литров воды', '10 литров воды')],
    ['another option that the lesson gives', 'ru', single('Куда поливают розы?', 'На листья', 'Под корень')],
    ['a denied statement called true', 'ru', trueFalse('Вода на листьях не вызывает болезни.', 'Верно', 'Неверно')],
    ['a true statement called false', 'ru', trueFalse('Вода на листьях вызывает болезни.', 'Неверно', 'Верно')],
    [
      'a short number that stands only within another',
      'ru',
      short('На какую глубину в сантиметрах рыхлят почву?', '193'),
    ],
    ['a year of something else', 'ru', short('Сорт «Глория Дей» вывел Франсис Мейян в ___ году.', '1911')],
    ['a number of something else', 'en', single('How much water does a grown bush need?', 'Five litres', 'Ten litres')],
    [
      'a denied statement called true',
      'en',
      trueFalse('Water on the leaves does not cause diseases.', 'True', 'False'),
    ],
    ['a true statement called false', 'en', trueFalse('Water on the leaves causes diseases.', 'False', 'True')],
    ['a year of something else', 'en', short('The Peace rose was bred by Francis Meilland in ___.', '1911')],
  ])('with a key that the lesson contradicts fails: %s (%s)', (_, language, question) => {
    expect(answersFromLesson(question, lessons[language], language)).toHaveLength(1);
  });

  it.each<[string, 'ru' | 'en', QuizQuestion]>([
    ['the right number', 'ru', single('Сколько воды нужно взрослому кусту?', '10 литров', '5 литров')],
    [
      'the right number in another form',
      'ru',
      single('Сколько воды достаточно молодому кусту?', 'Пять литров', 'Десять литров'),
    ],
    ['the right place', 'ru', single('Куда поливают розы?', 'Под корень', 'На листья')],
    ['what is not to be done', 'ru', single('Когда нельзя поливать?', 'В полдень', 'Утром')],
    ['a false statement called false', 'ru', trueFalse('Вода на листьях не вызывает болезни.', 'Неверно', 'Верно')],
    ['a true statement called true', 'ru', trueFalse('Болезни вызывает вода на листьях.', 'Верно', 'Неверно')],
    ['a word', 'ru', short('Куда льют воду при поливе?', 'под корень')],
    ['the right year', 'en', short('The Peace rose was bred by Francis Meilland in ___.', '1935')],
    [
      'the right number',
      'en',
      single('How much water does a grown bush need?', 'Ten litres a week', 'Five litres a week'),
    ],
    ['a false statement called false', 'en', trueFalse('Water the roots at noon.', 'False', 'True')],
    ['all of several', 'en', { ...single('When are roses watered?', 'In the morning', 'At noon'), kind: 'multiple' }],
  ])('with a right key passes: %s (%s)', (_, language, question) => {
    expect(answersFromLesson(question, lessons[language], language)).toEqual([]);
  });
});

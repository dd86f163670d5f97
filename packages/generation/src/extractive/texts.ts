import type { Brief, CourseLanguage } from '@megacampus/domain/course';

/** What the engine itself says, in the course's language; languages other than Russian get English. */
export interface Texts {
  readonly part: (n: number) => string;
  readonly introduction: string;
  readonly audienceUnknown: (difficulty: Brief['difficulty']) => string;
  readonly scope: (facts: { documents: number; words: number; topics: readonly string[] }) => string;
  readonly explainTerm: (term: string) => string;
  readonly understandTopic: (topic: string) => string;
  readonly madeOfSource: string;
  readonly strategyNotApplied: string;
  readonly otherLanguage: (language: string) => string;
  readonly fewerLessons: (got: number, wanted: number) => string;
  readonly repetitions: (count: number) => string;
  readonly shortened: (percent: number) => string;
  readonly instructionIgnored: string;
  readonly source: string;
  readonly beforeReading: string;
  readonly checkYourself: string;
  readonly terms: string;
  readonly term: string;
  readonly meaning: string;
  readonly socraticTerm: (term: string) => string;
  readonly socraticHeading: (heading: string) => string;
  readonly overview: (facts: { title: string; sections: number; lessons: number }) => string;
  readonly missingLessons: (count: number) => string;
  readonly termForDefinition: (definition: string) => string;
  readonly nameOfItem: (description: string) => string;
  readonly missingNumber: (sentence: string) => string;
  readonly missingWord: (sentence: string) => string;
  readonly rightStatement: string;
  readonly rightStatements: string;
  readonly belongsToList: (leadIn: string) => string;
  readonly isItTrue: (statement: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly whatIsCalled: (definition: string) => string;
  readonly writeNumber: (sentence: string) => string;
  readonly writeWord: (sentence: string) => string;
  readonly fromLesson: (...quotes: readonly string[]) => string;
  readonly isTrue: (quote: string) => string;
  readonly isFalse: (quote: string) => string;
}

const LANGUAGE_NAMES_RU: Partial<Record<string, string>> = {
  ru: 'русском',
  en: 'английском',
  de: 'немецком',
  fr: 'французском',
  es: 'испанском',
};
const LANGUAGE_NAMES_EN = new Intl.DisplayNames('en', { type: 'language' });

const russianPlurals = new Intl.PluralRules('ru');
function plural(count: number, one: string, few: string, many: string): string {
  const category = russianPlurals.select(count);
  return `${count.toLocaleString('ru')} ${category === 'one' ? one : category === 'few' ? few : many}`;
}

const RU: Texts = {
  part: (n) => `часть ${n}`,
  introduction: 'Введение',
  audienceUnknown: (difficulty) =>
    ({
      beginner: 'Те, кто начинает знакомство с темой; предварительная подготовка не предполагается.',
      intermediate: 'Те, кто уже знаком с основами темы и хочет углубить знания.',
      advanced: 'Те, кто уверенно владеет темой и разбирает её подробно.',
    })[difficulty],
  scope: ({ documents, words, topics }) =>
    `${plural(documents, 'документ', 'документа', 'документов')}, ${plural(words, 'слово', 'слова', 'слов')}.${topics.length > 0 ? ` Основные темы: ${topics.join(', ')}.` : ''}`,
  explainTerm: (term) => `Объяснить, что такое ${term}`,
  understandTopic: (topic) => `Разобраться в теме «${topic}»`,
  madeOfSource:
    'Курс собран без языковой модели из предложений загруженных документов; их формулировки не менялись. Стиль и стратегия решают, что из них оставлено и выделено и о чём спрашивают вопросы.',
  strategyNotApplied: 'Написать новый текст без языковой модели нельзя, поэтому использован текст документов.',
  otherLanguage: (language) =>
    `Документы написаны на другом языке (${LANGUAGE_NAMES_RU[language] ?? language}); текст уроков не переведён.`,
  fewerLessons: (got, wanted) => `Материала хватило на ${plural(got, 'урок', 'урока', 'уроков')} вместо ${wanted}.`,
  repetitions: (count) => `Пропущено повторов: ${count}.`,
  shortened: (percent) => `Урок сокращён до главного: показано около ${percent} % исходного текста.`,
  instructionIgnored: 'Пожелание к уроку не учтено: без языковой модели текст урока нельзя переписать.',
  source: 'Источник',
  beforeReading: 'Прежде чем читать.',
  checkYourself: 'Проверьте себя.',
  terms: 'Термины урока',
  term: 'Термин',
  meaning: 'Что это',
  socraticTerm: (term) => `Что такое ${term}?`,
  socraticHeading: (heading) => `${heading}: что здесь важно понять?`,
  overview: ({ title, sections, lessons }) =>
    `Курс «${title}»: ${plural(sections, 'раздел', 'раздела', 'разделов')}, ${plural(lessons, 'урок', 'урока', 'уроков')}.`,
  missingLessons: (count) => `Не удалось подготовить: ${plural(count, 'урок', 'урока', 'уроков')}.`,
  termForDefinition: (definition) => `Какому термину соответствует определение: «${definition}»?`,
  nameOfItem: (description) => `К чему относится описание: «${description}»?`,
  missingNumber: (sentence) => `Какое число пропущено: «${sentence}»`,
  missingWord: (sentence) => `Какое слово стоит в уроке на месте пропуска: «${sentence}»`,
  rightStatement: 'Какое утверждение соответствует материалу урока?',
  rightStatements: 'Отметьте все утверждения, которые соответствуют материалу урока.',
  belongsToList: (leadIn) => `В уроке сказано: «${leadIn}» Что из перечисленного сюда входит?`,
  isItTrue: (statement) => `Верно ли утверждение: «${statement}»`,
  yes: 'Верно',
  no: 'Неверно',
  whatIsCalled: (definition) => `Впишите термин: ${definition} — это…`,
  writeNumber: (sentence) => `Впишите пропущенное число: «${sentence}»`,
  writeWord: (sentence) => `Впишите пропущенное слово так, как оно стоит в уроке: «${sentence}»`,
  fromLesson: (...quotes) => `В уроке сказано: ${quotes.map((quote) => `«${quote}»`).join(' ')}`,
  isTrue: (quote) => `Верно. В уроке сказано: «${quote}»`,
  isFalse: (quote) => `Неверно. В уроке сказано: «${quote}»`,
};

const EN: Texts = {
  part: (n) => `part ${n}`,
  introduction: 'Introduction',
  audienceUnknown: (difficulty) =>
    ({
      beginner: 'People who are new to the subject; no previous knowledge is assumed.',
      intermediate: 'People who know the basics of the subject and want to go further.',
      advanced: 'People who are at home in the subject and study it in detail.',
    })[difficulty],
  scope: ({ documents, words, topics }) =>
    `${documents} ${documents === 1 ? 'document' : 'documents'}, ${words.toLocaleString('en')} words.${topics.length > 0 ? ` Main topics: ${topics.join(', ')}.` : ''}`,
  explainTerm: (term) => `Explain the term “${term}”`,
  understandTopic: (topic) => `Understand the topic “${topic}”`,
  madeOfSource:
    'This course was put together without a language model, from sentences of the uploaded documents, in their own words. Its style and strategy decide which of them are kept and set off, and what is asked.',
  strategyNotApplied: 'New text cannot be written without a language model, so the text of the documents was used.',
  otherLanguage: (language) =>
    `The documents are in another language (${LANGUAGE_NAMES_EN.of(language) ?? language}); the lessons are not translated.`,
  fewerLessons: (got, wanted) =>
    `There was material for ${got} ${got === 1 ? 'lesson' : 'lessons'} instead of ${wanted}.`,
  repetitions: (count) => `Repeated passages left out: ${count}.`,
  shortened: (percent) => `This lesson was cut down to the main points: about ${percent}% of the source text is shown.`,
  instructionIgnored:
    'Your instruction was not followed: without a language model the text of a lesson cannot be rewritten.',
  source: 'Source',
  beforeReading: 'Before you read.',
  checkYourself: 'Check yourself.',
  terms: 'Terms of this lesson',
  term: 'Term',
  meaning: 'What it is',
  socraticTerm: (term) => `What is meant by “${term}”?`,
  socraticHeading: (heading) => `${heading}: what matters here?`,
  overview: ({ title, sections, lessons }) =>
    `The course “${title}” has ${sections} ${sections === 1 ? 'section' : 'sections'} and ${lessons} ${lessons === 1 ? 'lesson' : 'lessons'}.`,
  missingLessons: (count) => `${count} ${count === 1 ? 'lesson' : 'lessons'} could not be prepared.`,
  termForDefinition: (definition) => `Which term is defined as “${definition}”?`,
  nameOfItem: (description) => `What does this describe: “${description}”?`,
  missingNumber: (sentence) => `Which number is missing: “${sentence}”`,
  missingWord: (sentence) => `Which word of the lesson fills the gap: “${sentence}”`,
  rightStatement: 'Which statement agrees with the lesson?',
  rightStatements: 'Tick all statements that agree with the lesson.',
  belongsToList: (leadIn) => `The lesson says: “${leadIn}” Which of these belong there?`,
  isItTrue: (statement) => `Is this statement true: “${statement}”`,
  yes: 'True',
  no: 'False',
  whatIsCalled: (definition) => `Write the term that means: ${definition}.`,
  writeNumber: (sentence) => `Write the missing number: “${sentence}”`,
  writeWord: (sentence) => `Write the missing word as it stands in the lesson: “${sentence}”`,
  fromLesson: (...quotes) => `The lesson says: ${quotes.map((quote) => `“${quote}”`).join(' ')}`,
  isTrue: (quote) => `True. The lesson says: “${quote}”`,
  isFalse: (quote) => `False. The lesson says: “${quote}”`,
};

export function textsFor(language: CourseLanguage): Texts {
  return language === 'ru' ? RU : EN;
}

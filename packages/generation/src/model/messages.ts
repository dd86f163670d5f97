import type { CourseLanguage } from '@megacampus/domain/course';
import type { GateFailure } from '../gates.ts';

/** What the owner of a course is told, in plain words. */
interface FaultTexts {
  readonly key: string;
  readonly model: string;
  readonly request: string;
  readonly payment: string;
  readonly cutOff: string;
  readonly unreadable: string;
  readonly refused: string;
  budget(tokens: number): string;
  gates(what: string, failures: readonly GateFailure[]): string;
}

type Words = Readonly<Record<GateFailure['gate'], string>>;

const GATES_RU: Words = {
  schema: 'ответ модели неполон',
  outline_duplicate: 'уроки в структуре повторяются',
  outline_passage: 'структура ссылается на фрагменты, которых нет',
  outline_size: 'число разделов или уроков не то, что было задано',
  outline_coverage: 'структура не опирается на документы',
  empty: 'текст пуст или слишком короток',
  truncated: 'текст обрывается',
  placeholder: 'в тексте остались заготовки',
  citation_mark: 'сноски не совпадают с цитатами',
  citation_missing: 'нет ни одной цитаты из документов',
  citation_quote: 'цитаты нет в источнике',
  quiz_key: 'ключ теста неверен',
  quiz_support: 'ответы теста не следуют из урока',
  language: 'текст не на языке курса',
  length: 'объём не соответствует длительности урока',
  objective: 'не раскрыты цели урока',
  near_duplicate: 'урок почти повторяет другой',
  unsupported: 'текст не подтверждается документами',
  hijacked: 'ответ модели выполняет указания из документа или раскрывает служебный текст',
};

const GATES_EN: Words = {
  schema: 'the answer of the model is incomplete',
  outline_duplicate: 'lessons of the outline repeat each other',
  outline_passage: 'the outline names passages that do not exist',
  outline_size: 'the number of sections or lessons is not what was asked for',
  outline_coverage: 'the outline does not rest on the documents',
  empty: 'the text is empty or too short',
  truncated: 'the text breaks off',
  placeholder: 'the text has placeholders in it',
  citation_mark: 'footnotes and citations do not match',
  citation_missing: 'nothing is cited from the documents',
  citation_quote: 'a quotation does not stand in its source',
  quiz_key: 'the key of the quiz is wrong',
  quiz_support: 'answers of the quiz do not follow from the lesson',
  language: 'the text is not in the language of the course',
  length: 'the length does not fit the duration of the lesson',
  objective: 'objectives of the lesson are not covered',
  near_duplicate: 'the lesson nearly repeats another one',
  unsupported: 'the text is not supported by the documents',
  hijacked: 'the answer follows instructions in a document or shows internal text',
};

const listOf = (failures: readonly GateFailure[], words: Words) =>
  [...new Set(failures.map(({ gate }) => words[gate]))].join('; ');

const RU: FaultTexts = {
  key: 'Языковая модель не приняла ключ доступа. Администратору: проверьте AI_API_KEY и AI_BASE_URL.',
  model: 'Языковая модель не найдена. Администратору: проверьте AI_MODEL и AI_BASE_URL.',
  request: 'Языковая модель отклонила запрос. Администратору: причина записана в журнале; проверьте AI_CONTEXT_TOKENS.',
  payment: 'На счету у поставщика языковой модели закончились средства. Администратору: пополните счёт.',
  cutOff: 'Модель дважды не уместила ответ в отведённый объём. Попробуйте ещё раз или сделайте уроки короче.',
  unreadable: 'Модель дважды ответила не в том виде. Попробуйте ещё раз.',
  refused: 'Модель отказалась отвечать на этот запрос. Измените описание курса или документы.',
  budget: (tokens) =>
    `Генерация остановлена: израсходован её бюджет в ${tokens} токенов языковой модели. Сократите курс или увеличьте AI_BUDGET_TOKENS.`,
  gates: (what, failures) => `${what}: не прошло проверку — ${listOf(failures, GATES_RU)}.`,
};

const EN: FaultTexts = {
  key: 'The language model refused the key. For the administrator: check AI_API_KEY and AI_BASE_URL.',
  model: 'The language model was not found. For the administrator: check AI_MODEL and AI_BASE_URL.',
  request: 'The language model refused the request. For the administrator: see the log; check AI_CONTEXT_TOKENS.',
  payment: 'The account with the provider of the language model is empty. For the administrator: add credit.',
  cutOff: 'Twice the model did not fit its answer into the room it has. Try again, or make lessons shorter.',
  unreadable: 'Twice the model answered in the wrong form. Try again.',
  refused: 'The model declined to answer this request. Change the description of the course or the documents.',
  budget: (tokens) =>
    `The generation was stopped: its budget of ${tokens} tokens of the language model is used up. Make the course smaller, or raise AI_BUDGET_TOKENS.`,
  gates: (what, failures) => `${what}: a check was not passed: ${listOf(failures, GATES_EN)}.`,
};

/** Russian for courses in Russian, English for all others. */
export function faultText(language: CourseLanguage): FaultTexts {
  return language === 'ru' ? RU : EN;
}

/** Parts of plain sentences. Every combination is one, so that lessons without sources differ from each other. */
interface Phrases {
  readonly who: readonly string[];
  readonly does: readonly string[];
  readonly what: readonly string[];
  readonly when: readonly string[];
  objective(subject: string): string;
  lead(subject: string): string;
  readonly truth: readonly [string, string];
  readonly part: string;
  readonly gap: string;
  readonly which: string;
  readonly because: string;
  readonly never: string;
}

export const PHRASES: Readonly<Record<'ru' | 'en', Phrases>> = {
  ru: {
    who: [
      'опытный мастер',
      'внимательный ученик',
      'каждый участник',
      'хороший наставник',
      'осторожный специалист',
      'новый сотрудник',
      'терпеливый исследователь',
      'старший инженер',
    ],
    does: [
      'проверяет',
      'описывает',
      'готовит',
      'сравнивает',
      'записывает',
      'улучшает',
      'объясняет',
      'планирует',
      'измеряет',
      'выбирает',
    ],
    what: [
      'рабочий инструмент',
      'простой пример',
      'порядок действий',
      'исходные данные',
      'возможные ошибки',
      'результат опыта',
      'главный вопрос',
      'условия задачи',
      'общий замысел',
      'последний отчёт',
      'важную деталь',
      'схему процесса',
    ],
    when: [
      'перед началом работы',
      'после каждой попытки',
      'вместе с коллегами',
      'в конце недели',
      'без лишней спешки',
      'при первом сомнении',
      'на отдельном листе',
      'по ясному правилу',
      'до следующей встречи',
      'ради надёжности',
    ],
    objective: (subject) => `Объяснить, что такое ${subject}`,
    lead: (subject) => `Этот урок посвящён теме «${subject}» и показывает её на деле.`,
    truth: ['Верно', 'Неверно'],
    part: 'Часть',
    gap: 'Вставьте пропущенное слово:',
    which: 'Что сказано в уроке:',
    because: 'Так сказано в уроке:',
    never: 'Этого никогда не происходит:',
  },
  en: {
    who: [
      'a careful master',
      'an attentive learner',
      'every member',
      'a good mentor',
      'the senior engineer',
      'a new colleague',
      'a patient researcher',
      'the cautious specialist',
    ],
    does: [
      'checks',
      'describes',
      'prepares',
      'compares',
      'records',
      'improves',
      'explains',
      'plans',
      'measures',
      'chooses',
    ],
    what: [
      'the working tool',
      'a simple example',
      'the order of steps',
      'the original data',
      'possible mistakes',
      'the outcome of a trial',
      'the main question',
      'the terms of the task',
      'the general idea',
      'the latest report',
      'an important detail',
      'the diagram of the process',
    ],
    when: [
      'before the work begins',
      'after every attempt',
      'together with the team',
      'at the end of the week',
      'without any hurry',
      'at the first doubt',
      'on a separate sheet',
      'by a clear rule',
      'before the next meeting',
      'for the sake of safety',
    ],
    objective: (subject) => `Explain what ${subject} is`,
    lead: (subject) => `This lesson is about “${subject}” and shows it at work.`,
    truth: ['True', 'False'],
    part: 'Part',
    gap: 'Fill in the missing word:',
    which: 'What does the lesson say about this:',
    because: 'The lesson says so:',
    never: 'It never happens that',
  },
};

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: string): (below: number) => number {
  let state = [...seed].reduce((sum, char) => Math.imul(sum ^ (char.codePointAt(0) ?? 0), 2654435761), 1779033703);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

/** A sentence of plain words. */
export function sentenceOf(language: 'ru' | 'en', random: (below: number) => number): string {
  const { who, does, what, when } = PHRASES[language];
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  const text = `${pick(who)} ${pick(does)} ${pick(what)} ${pick(when)}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

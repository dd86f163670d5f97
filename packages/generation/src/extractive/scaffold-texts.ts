import type { Brief, CourseLanguage } from '@megacampus/domain/course';

/** One kind of lesson in a course without sources: what it is for and how its time is used. */
export interface LessonPattern {
  readonly name: string;
  readonly objective: (topic: string) => string;
  /** Steps and the share of the lesson's time that each takes; the shares add up to 1. */
  readonly steps: readonly (readonly [step: string, share: number])[];
  readonly questions: (topic: string) => readonly string[];
  readonly task: (topic: string) => string;
  readonly material: readonly string[];
}

export interface ScaffoldTexts {
  readonly courseNotice: string;
  readonly lessonNotice: string;
  readonly unusableDocuments: string;
  readonly summary: (title: string) => string;
  readonly scope: (facts: { sections: number; lessons: number; minutes: number }) => string;
  readonly generalTopics: (title: string) => readonly string[];
  readonly sectionSummary: (topic: string) => string;
  readonly goal: string;
  readonly plan: (minutes: number) => string;
  readonly minutes: (minutes: number) => string;
  readonly questionsTitle: string;
  readonly taskTitle: string;
  readonly materialTitle: string;
  readonly audience: (audience: string) => string;
  readonly level: Record<Brief['difficulty'], string>;
  readonly part: (n: number) => string;
  readonly patterns: readonly LessonPattern[];
}

const RU: ScaffoldTexts = {
  courseNotice:
    'У курса нет документов, а языковая модель не подключена. Поэтому это план курса и заготовки уроков без учебного текста: по ним урок нужно написать самостоятельно либо загрузить документы и сгенерировать курс заново.',
  lessonNotice: 'Это заготовка урока без источников: здесь есть цель, план, вопросы и задание, но нет учебного текста.',
  unusableDocuments: 'В загруженных документах не нашлось текста, из которого можно составить уроки.',
  summary: (title) => `План курса «${title}», составленный по его описанию.`,
  scope: ({ sections, lessons, minutes }) =>
    `Разделов: ${sections}, уроков: ${lessons}, примерно ${minutes} мин. занятий.`,
  generalTopics: (title) => [
    `${title}: зачем это изучать`,
    `${title}: основные понятия`,
    `${title}: применение на практике`,
    `${title}: итоги и дальнейшие шаги`,
  ],
  sectionSummary: (topic) => `Уроки раздела ведут к результату «${topic}».`,
  goal: 'Цель',
  plan: (minutes) => `План на ${minutes} мин.`,
  minutes: (minutes) => `${minutes} мин.`,
  questionsTitle: 'Вопросы, на которые отвечает урок',
  taskTitle: 'Задание',
  materialTitle: 'Что подготовить автору урока',
  audience: (audience) => `Для кого: ${audience}`,
  level: {
    beginner: 'Уровень начальный: каждое новое слово объясняется при первом появлении.',
    intermediate: 'Уровень средний: основы напоминаются коротко, время отдаётся примерам.',
    advanced: 'Уровень высокий: основы считаются известными, внимание отдаётся сложным случаям.',
  },
  part: (n) => `часть ${n}`,
  patterns: [
    {
      name: 'основные понятия',
      objective: (topic) => `Назвать и объяснить своими словами понятия, без которых не понять тему «${topic}»`,
      steps: [
        ['Вспомнить, что слушатели уже знают о теме', 0.2],
        ['Ввести понятия по одному, каждое с определением и примером', 0.5],
        ['Сравнить похожие понятия и показать, чем они различаются', 0.3],
      ],
      questions: (topic) => [
        `Какие понятия составляют тему «${topic}»?`,
        'Чем каждое из них отличается от похожих?',
        'Где слушатель уже встречал их, не зная названия?',
      ],
      task: () =>
        'Запишите определение каждого понятия урока одним предложением и придумайте к нему собственный пример.',
      material: ['от трёх до пяти определений с указанием источника', 'по одному примеру на каждое определение'],
    },
    {
      name: 'как это устроено',
      objective: (topic) => `Описать части или шаги темы «${topic}» и связи между ними`,
      steps: [
        ['Показать целое на схеме', 0.25],
        ['Пройти по частям или шагам в их порядке', 0.5],
        ['Объяснить причины: почему порядок именно такой', 0.25],
      ],
      questions: (topic) => [
        `Из каких частей или шагов состоит тема «${topic}»?`,
        'Что происходит сначала, а что потом?',
        'Что изменится, если убрать один из шагов?',
      ],
      task: () => 'Нарисуйте схему по памяти, а затем сверьте её со схемой из урока и отметьте пропущенное.',
      material: ['схема или таблица с частями целого', 'пояснение к каждой связи на схеме'],
    },
    {
      name: 'разбор примера',
      objective: (topic) => `Проследить по шагам решение реальной задачи по теме «${topic}»`,
      steps: [
        ['Сформулировать задачу и условия', 0.2],
        ['Решить её вместе, проговаривая причину каждого шага', 0.6],
        ['Проверить ответ и назвать, что было самым трудным', 0.2],
      ],
      questions: () => [
        'Что дано и что нужно найти или сделать?',
        'Почему выбран именно этот способ?',
        'Как убедиться, что результат верен?',
      ],
      task: () => 'Измените одно условие разобранной задачи и решите её заново, записывая каждый шаг.',
      material: ['пример из практики с исходными данными', 'полное решение с пояснениями'],
    },
    {
      name: 'практика',
      objective: (topic) => `Самостоятельно выполнить задание по теме «${topic}» и проверить результат`,
      steps: [
        ['Напомнить порядок действий', 0.15],
        ['Выполнить задание самостоятельно', 0.6],
        ['Сверить результат с образцом и разобрать расхождения', 0.25],
      ],
      questions: () => [
        'С чего начать, получив задание?',
        'По каким признакам видно, что работа сделана хорошо?',
        'К кому или к чему обратиться при затруднении?',
      ],
      task: (topic) => `Выполните небольшую работу по теме «${topic}» на материале, с которым вы имеете дело сами.`,
      material: ['задание с чётким условием и критериями', 'образец выполненной работы'],
    },
    {
      name: 'типичные ошибки',
      objective: (topic) => `Узнавать и исправлять частые ошибки, связанные с темой «${topic}»`,
      steps: [
        ['Показать работу с ошибками и дать время их найти', 0.4],
        ['Обсудить причины каждой ошибки', 0.35],
        ['Составить памятку, как их избежать', 0.25],
      ],
      questions: (topic) => [
        `Какие ошибки чаще всего встречаются в теме «${topic}»?`,
        'Отчего они возникают?',
        'Как заметить ошибку до того, как она навредит?',
      ],
      task: () => 'Найдите ошибки в предложенном примере, исправьте их и объясните, к чему привела бы каждая.',
      material: ['два или три примера с ошибками', 'правильные варианты с объяснением'],
    },
    {
      name: 'самопроверка и итоги',
      objective: (topic) => `Оценить, насколько освоена тема «${topic}», и наметить, что повторить`,
      steps: [
        ['Ответить на вопросы без подсказок', 0.5],
        ['Проверить ответы и отметить трудные места', 0.3],
        ['Записать главное и наметить следующий шаг', 0.2],
      ],
      questions: () => [
        'Что теперь получается, чего не получалось раньше?',
        'Что осталось непонятным?',
        'Где новое знание пригодится в ближайшее время?',
      ],
      task: () => 'Объясните главное из раздела коллеге или запишите объяснение на одной странице.',
      material: ['от пяти до семи вопросов с ответами', 'список того, что прочитать дальше'],
    },
  ],
};

const EN: ScaffoldTexts = {
  courseNotice:
    'This course has no documents, and no language model is connected. What follows is therefore a plan with lesson scaffolds and no teaching text: write the lessons along it, or upload documents and generate the course again.',
  lessonNotice:
    'This is a scaffold without sources: it has a goal, a plan, questions and a task, but no teaching text.',
  unusableDocuments: 'The uploaded documents hold no text that lessons could be made from.',
  summary: (title) => `A plan of the course “${title}”, drawn up from its description.`,
  scope: ({ sections, lessons, minutes }) =>
    `Sections: ${sections}, lessons: ${lessons}, about ${minutes} minutes in all.`,
  generalTopics: (title) => [
    `${title}: why study it`,
    `${title}: basic ideas`,
    `${title}: putting it into practice`,
    `${title}: summary and next steps`,
  ],
  sectionSummary: (topic) => `The lessons of this section lead to the outcome “${topic}”.`,
  goal: 'Goal',
  plan: (minutes) => `Plan for ${minutes} minutes`,
  minutes: (minutes) => `${minutes} min`,
  questionsTitle: 'Questions this lesson answers',
  taskTitle: 'Task',
  materialTitle: 'What the author should prepare',
  audience: (audience) => `For: ${audience}`,
  level: {
    beginner: 'Beginner level: every new word is explained when it first appears.',
    intermediate: 'Intermediate level: the basics are recalled briefly, the time goes to examples.',
    advanced: 'Advanced level: the basics are taken as known, attention goes to difficult cases.',
  },
  part: (n) => `part ${n}`,
  patterns: [
    {
      name: 'key ideas',
      objective: (topic) => `Name and explain in your own words the ideas behind “${topic}”`,
      steps: [
        ['Recall what the learners already know', 0.2],
        ['Introduce the ideas one by one, each with a definition and an example', 0.5],
        ['Compare ideas that look alike and show how they differ', 0.3],
      ],
      questions: (topic) => [
        `Which ideas make up “${topic}”?`,
        'How does each differ from its neighbours?',
        'Where have the learners met them without knowing the name?',
      ],
      task: () => 'Write a one-sentence definition of each idea of the lesson and find an example of your own for it.',
      material: ['three to five definitions with their sources', 'one example for each definition'],
    },
    {
      name: 'how it works',
      objective: (topic) => `Describe the parts or steps of the topic “${topic}” and how they are connected`,
      steps: [
        ['Show the whole in a diagram', 0.25],
        ['Walk through the parts or steps in order', 0.5],
        ['Explain the reasons: why in this order', 0.25],
      ],
      questions: (topic) => [
        `Which parts or steps make up the topic “${topic}”?`,
        'What happens first, and what comes next?',
        'What changes if one step is left out?',
      ],
      task: () => 'Draw the diagram from memory, then compare it with the one in the lesson and mark what is missing.',
      material: ['a diagram or a table of the parts', 'a note on each connection in the diagram'],
    },
    {
      name: 'a worked example',
      objective: (topic) => `Follow the solution of a real problem about “${topic}” step by step`,
      steps: [
        ['State the problem and its conditions', 0.2],
        ['Solve it together, saying why at each step', 0.6],
        ['Check the answer and name what was hardest', 0.2],
      ],
      questions: () => [
        'What is given, and what has to be found or done?',
        'Why was this way chosen?',
        'How can we be sure that the result is right?',
      ],
      task: () => 'Change one condition of the problem and solve it again, writing down each step.',
      material: ['an example from practice with its data', 'a full solution with explanations'],
    },
    {
      name: 'practice',
      objective: (topic) => `Carry out a task on “${topic}” alone and check the result`,
      steps: [
        ['Recall the order of work', 0.15],
        ['Do the task alone', 0.6],
        ['Compare the result with a model and discuss the differences', 0.25],
      ],
      questions: () => [
        'Where does one begin?',
        'What shows that the work is done well?',
        'Who or what can help when it gets difficult?',
      ],
      task: (topic) => `Do a small piece of work on “${topic}” with material that you deal with yourself.`,
      material: ['a task with clear conditions and criteria', 'a model of the finished work'],
    },
    {
      name: 'common mistakes',
      objective: (topic) => `Recognise and correct frequent mistakes about “${topic}”`,
      steps: [
        ['Show work with mistakes and give time to find them', 0.4],
        ['Discuss the cause of each mistake', 0.35],
        ['Draw up a checklist against them', 0.25],
      ],
      questions: (topic) => [
        `Which mistakes do people make most often with “${topic}”?`,
        'Where do they come from?',
        'How can a mistake be noticed before it does harm?',
      ],
      task: () => 'Find the mistakes in a given example, correct them and explain what each would have led to.',
      material: ['two or three examples with mistakes', 'the corrected versions with explanations'],
    },
    {
      name: 'self-check and summary',
      objective: (topic) => `Judge how well “${topic}” has been learnt and decide what to repeat`,
      steps: [
        ['Answer questions without help', 0.5],
        ['Check the answers and mark the difficult places', 0.3],
        ['Write down the essentials and choose the next step', 0.2],
      ],
      questions: () => [
        'What can the learners do now that they could not do before?',
        'What is still unclear?',
        'Where will the new knowledge be of use soon?',
      ],
      task: () => 'Explain the essentials of the section to a colleague or write them down on one page.',
      material: ['five to seven questions with answers', 'a list of further reading'],
    },
  ],
};

export function scaffoldTextsFor(language: CourseLanguage): ScaffoldTexts {
  return language === 'ru' ? RU : EN;
}

import { randomUUID } from 'node:crypto';
import { briefSchema } from '@megacampus/domain/course';
import { clientFor, createCourse, type TestCourse, type TestUser } from '@megacampus/test-kit/users';
import type { Site } from './site.ts';

/** A lesson with all that Markdown can bring, and with what must never run. */
const RICH_LESSON = `Сложность поиска — $O(\\log n)$, и по формуле \\(a^2 + b^2\\):

$$
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
$$

Курс стоит от $5 до $10. Мысль из документа[^1].

\`\`\`python
def find(items, wanted):
    return wanted in items  # линейный поиск
\`\`\`

| Способ | Сложность | Память | Когда годится | Примечание |
|---|---|---|---|---|
| перебор | $O(n)$ | постоянная | мало данных | очень-очень-длинное-слово-без-пробелов |

\`\`\`mermaid
flowchart LR
  A[Вопрос] --> B{Есть индекс?}
  B -- да --> C[Быстро]
  B -- нет --> D["<img src=x onerror=alert(1)>"]
\`\`\`

\`\`\`mermaid
это не схема
\`\`\`

<script>document.title = 'взломано'</script>
<img src=x onerror="document.title = 'взломано'">
[нажмите](javascript:alert(1)) и [ещё](data:text/html,<script>alert(1)</script>)
`;

export interface ReadableOptions {
  readonly title?: string;
  readonly lessons?: number;
  /** Positions of lessons that could not be made. */
  readonly failed?: readonly number[];
  /** The Markdown of the first lesson. */
  readonly content?: string;
  readonly documentName?: string;
}

const LESSONS_PER_SECTION = 10;

/** A course of any size as if it had been generated, put into the database as the server does. */
export async function readableCourse(
  site: Pick<Site, 'stack'>,
  user: TestUser,
  options: ReadableOptions = {},
): Promise<TestCourse> {
  const { title = 'Алгоритмы', lessons = 3, failed = [], content = RICH_LESSON, documentName = 'Лекции.md' } = options;
  const db = clientFor(site.stack, site.stack.serviceKey);
  const store = async (table: string, rows: readonly object[]) => {
    const { error } = await db.from(table).insert([...rows]);
    if (error !== null) throw error;
  };
  const course = await createCourse(site.stack, user, { title });
  const generation_id = `course-gen-${randomUUID()}`;
  const of = { generation_id, course_id: course.id };
  const finished_at = new Date().toISOString();
  await store('generations', [
    {
      id: generation_id,
      course_id: course.id,
      user_id: user.userId,
      tier: user.tier,
      weight: 1,
      status: 'completed',
      brief: briefSchema.parse({ title }),
      model: 'extractive',
      outlined_at: finished_at,
      finished_at,
      overview: 'О чём этот **курс**.',
      glossary: terms(),
    },
  ]);
  const { error } = await db
    .from('courses')
    .update({ generation_id, generation_status: 'completed', generation_completed_at: finished_at })
    .eq('id', course.id);
  if (error !== null) throw error;

  const positions = Array.from({ length: lessons }, (_, index) => index + 1);
  const sections = positions
    .filter((position) => (position - 1) % LESSONS_PER_SECTION === 0)
    .map((first, index) => ({
      id: randomUUID(),
      position: index + 1,
      title: `Раздел о том, что начинается с ${first}`,
    }));
  await store(
    'sections',
    sections.map((section) => ({ ...of, ...section, summary: 'Коротко о разделе.' })),
  );
  const rows = positions.map((position) => {
    const isFailed = failed.includes(position);
    return {
      ...of,
      id: randomUUID(),
      section_id: sections[Math.floor((position - 1) / LESSONS_PER_SECTION)]?.id,
      position,
      title: position === 1 ? 'Поиск <b onclick=alert(1)>в списке</b>' : `Урок ${position}: как это устроено`,
      objectives: ['Понять, как устроен поиск'],
      duration_minutes: 5,
      status: isFailed ? 'failed' : 'completed',
      content: isFailed ? null : position === 1 ? content : `Текст урока ${position}.\n\n${'Абзац. '.repeat(80)}`,
      key_points: isFailed ? [] : ['Главное в уроке'],
      error: isFailed ? 'Языковая модель не ответила.' : null,
    };
  });
  await store('lessons', rows);
  const first = rows[0]?.id;
  await store('quiz_questions', [question(generation_id, first, 1), question(generation_id, first, 2)]);
  await store('citations', [
    {
      generation_id,
      lesson_id: first,
      position: 1,
      document_name: documentName,
      heading_path: ['Глава 1', 'Поиск'],
      page: 3,
      quote: '**Мысль** из документа',
    },
  ]);
  return course;
}

function question(generation_id: string, lesson_id: string | undefined, position: number) {
  return {
    generation_id,
    lesson_id,
    position,
    kind: 'single',
    prompt: `Вопрос ${position}: что быстрее?`,
    options: ['Перебор', 'Двоичный поиск'],
    answer: [1],
    explanation: 'Двоичный поиск отбрасывает половину списка.',
  };
}

function terms() {
  const names = 'Алгоритм Бит Вектор Граф Дерево Единица Жадность Индекс Код Лист Массив Список Узел'.split(' ');
  return names.map((term) => ({ term, definition: `Что такое ${term.toLowerCase()}.` }));
}

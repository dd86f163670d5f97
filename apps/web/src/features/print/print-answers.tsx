import { useTranslations } from 'next-intl';
import type { QuizQuestionView } from '@/features/quiz/quiz-view.ts';
import type { LessonView } from '@/features/reader/content-view.ts';

/** The right answers to all questions, at the end, where they are not seen by chance. */
export function PrintAnswers({ lessons }: { readonly lessons: readonly LessonView[] }) {
  const t = useTranslations('print');
  const asked = lessons.filter(({ quiz }) => quiz.length > 0);
  if (asked.length === 0) return null;
  return (
    <section className="print-page space-y-4">
      <h2 className="font-semibold text-2xl">{t('answers')}</h2>
      {asked.map((lesson) => (
        <div key={lesson.id} className="print-whole space-y-1 text-sm">
          <h3 className="font-semibold">
            {lesson.position}. {lesson.title}
          </h3>
          <ol className="list-decimal pl-6">
            {lesson.quiz.map((question) => (
              <li key={question.id}>{answerText(question)}</li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function answerText({ answer, options }: QuizQuestionView): string {
  if (typeof answer === 'string') return answer;
  return answer.map((index) => options[index] ?? '').join('; ');
}

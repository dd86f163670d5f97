import { useTranslations } from 'next-intl';
import { Markdown } from '@/features/markdown/markdown.tsx';
import type { CitationView, LessonView } from '@/features/reader/content-view.ts';

/** One lesson on paper. */
export function PrintLesson({ lesson }: { readonly lesson: LessonView }) {
  const t = useTranslations('reader');
  const known = new Set(lesson.citations.map(({ number }) => number));
  const note = (number: number) => (known.has(number) ? <sup>[{number}]</sup> : null);
  return (
    <section aria-labelledby={`lesson-${lesson.position}`} className="space-y-5">
      <h3 id={`lesson-${lesson.position}`} className="font-semibold text-xl">
        {lesson.position}. {lesson.title}
      </h3>
      {lesson.isFailed ? <p className="text-muted-foreground">{t('lessonFailed')}</p> : null}
      {lesson.content ? <Markdown text={lesson.content} citation={note} /> : null}
      {lesson.keyPoints.length > 0 ? (
        <div className="print-whole space-y-1.5 rounded-lg border p-4">
          <p className="font-semibold">{t('keyPoints')}</p>
          <ul className="list-disc pl-5">
            {lesson.keyPoints.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <PrintQuestions lesson={lesson} />
      {lesson.citations.length > 0 ? (
        <ol className="space-y-1 border-t pt-3 text-muted-foreground text-sm">
          {lesson.citations.map((citation) => (
            <Footnote key={citation.number} citation={citation} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function Footnote({ citation }: { readonly citation: CitationView }) {
  const t = useTranslations('citations');
  const { number, documentName, headingPath, page, quote } = citation;
  const place = [documentName, ...headingPath, ...(page === null ? [] : [t('page', { page })])].filter(Boolean);
  return (
    <li className="print-whole">
      <p>
        [{number}] {place.join(' › ')}
      </p>
      <blockquote className="border-l-2 pl-3">
        <Markdown text={quote} isSmall />
      </blockquote>
    </li>
  );
}

function PrintQuestions({ lesson }: { readonly lesson: LessonView }) {
  const t = useTranslations('quiz');
  if (lesson.quiz.length === 0) return null;
  return (
    <div className="space-y-3">
      <p className="font-semibold">{t('title')}</p>
      <ol className="space-y-3">
        {lesson.quiz.map((question, index) => (
          <li key={question.id} className="print-whole">
            <p>
              {index + 1}. {question.prompt}
            </p>
            <ul className="pl-5">
              {question.options.map((option) => (
                <li key={option}>☐ {option}</li>
              ))}
            </ul>
            {question.options.length === 0 ? <p className="pl-5">______________________</p> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Quiz } from '@/features/quiz/quiz.tsx';
import { LessonKeys } from '@/features/reading/lesson-keys.tsx';
import { ReadButton } from '@/features/reading/read-button.tsx';
import type { Reading } from '@/features/reading/reading-view.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Alert } from '@/ui/alert.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { type Book, type ContentView, type LessonView, lessonsOf } from './content-view.ts';
import { ContentsNav } from './contents-nav.tsx';
import { EngineNote } from './engine-note.tsx';
import { LessonBody } from './lesson-body.tsx';
import { LessonNavigation } from './lesson-navigation.tsx';

interface LessonPageProps {
  readonly book: Book;
  readonly content: ContentView;
  readonly lesson: LessonView;
  /** What the reader has done with the course; null for a reader of whom nothing is kept. */
  readonly reading: Reading | null;
  /** What its owner can do with the lesson. */
  readonly tools?: ReactNode;
  /** What is going on with the lesson or its course. */
  readonly banner?: ReactNode;
}

export function LessonPage({ book, content, lesson, reading, tools, banner }: LessonPageProps) {
  const t = useTranslations();
  const lessons = lessonsOf(content);
  const index = lessons.findIndex((other) => other.position === lesson.position);
  const section = content.sections.find(({ lessons }) => lessons.some((other) => other.position === lesson.position));
  const isOwn = reading !== null;
  return (
    <ClientMessages of={['citations', 'quiz', 'reading']}>
      <div className="mx-auto grid w-full max-w-5xl grid-cols-[minmax(0,1fr)] lg:grid-cols-[16rem_minmax(0,1fr)] lg:px-6">
        <ContentsNav book={book} sections={content.sections} position={lesson.position} reading={reading} />
        <PageFrame width="medium">
          <Breadcrumbs book={book} section={section?.title} />
          <article lang={book.language} className="space-y-10">
            <header className="space-y-3">
              <p className="text-muted-foreground text-sm">
                {t('reader.lessonOf', { number: lesson.position, total: lessons.length })} ·{' '}
                {t('common.minutes', { count: lesson.durationMinutes })}
              </p>
              <h1 className="font-semibold text-3xl leading-tight">{lesson.title}</h1>
              {tools}
            </header>
            {banner}
            {lesson.isFailed ? (
              <Alert tone="warning" title={t('reader.lessonFailed')}>
                {isOwn && lesson.error !== null ? t('reader.lessonFailedReason', { reason: lesson.error }) : null}
              </Alert>
            ) : null}
            <LessonBody
              book={book}
              lesson={lesson}
              isOwn={isOwn}
              quiz={<LessonQuiz lesson={lesson} reading={reading} />}
            />
          </article>
          <div className="mt-12 space-y-6">
            {isOwn && !lesson.isFailed ? (
              <div className="print:hidden">
                <ReadButton lessonId={lesson.id} isRead={reading.read.has(lesson.position)} />
              </div>
            ) : null}
            <LessonNavigation
              base={book.base}
              previous={lessons[index - 1]}
              next={lessons[index + 1]}
              readLessonId={isOwn && !lesson.isFailed ? lesson.id : null}
            />
            <LessonKeys />
            <p className="text-muted-foreground text-sm">
              <EngineNote engine={content.engine} />
            </p>
          </div>
        </PageFrame>
      </div>
    </ClientMessages>
  );
}

function LessonQuiz({ lesson, reading }: { readonly lesson: LessonView; readonly reading: Reading | null }) {
  const t = useTranslations('quiz');
  if (lesson.quiz.length === 0) return null;
  return (
    <section aria-labelledby="quiz-title" className="space-y-4 print:hidden">
      <h2 id="quiz-title" className="font-semibold text-xl">
        {t('title')}{' '}
        <span className="font-normal text-base text-muted-foreground">
          · {t('count', { count: lesson.quiz.length })}
        </span>
      </h2>
      <Quiz
        questions={lesson.quiz}
        lessonId={reading === null ? null : lesson.id}
        kept={reading?.quizzes.get(lesson.position) ?? null}
      />
    </section>
  );
}

import { hasEnded } from '@megacampus/domain/steps';
import { useTranslations } from 'next-intl';
import type { CourseView } from '@/features/course/load-course.ts';
import { Quiz } from '@/features/quiz/quiz.tsx';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Alert } from '@/ui/alert.tsx';
import { Card } from '@/ui/card.tsx';
import { Breadcrumbs } from './breadcrumbs.tsx';
import type { ContentView, LessonView } from './content-view.ts';
import { ContentsNav } from './contents-nav.tsx';
import { EngineNote } from './engine-note.tsx';
import { LessonNavigation } from './lesson-navigation.tsx';
import { Markdown } from './markdown.tsx';
import { PointList } from './point-list.tsx';
import { Sources } from './sources.tsx';

interface LessonPageProps {
  readonly course: CourseView;
  readonly content: ContentView;
  readonly lesson: LessonView;
}

export function LessonPage({ course, content, lesson }: LessonPageProps) {
  const t = useTranslations();
  const lessons = content.sections.flatMap((section) => section.lessons);
  const index = lessons.findIndex((other) => other.position === lesson.position);
  const section = content.sections.find(({ lessons }) => lessons.some((other) => other.position === lesson.position));
  return (
    <ClientMessages of={['reader', 'quiz']}>
      <div className="mx-auto grid w-full max-w-5xl lg:grid-cols-[16rem_minmax(0,1fr)] lg:px-6">
        <ContentsNav slug={course.slug} sections={content.sections} position={lesson.position} />
        <PageFrame width="medium">
          <Breadcrumbs slug={course.slug} title={course.brief.title} section={section?.title} />
          <article lang={course.brief.language} className="space-y-10">
            <header className="space-y-3">
              <p className="text-muted-foreground text-sm">
                {t('reader.lessonOf', { number: lesson.position, total: lessons.length })} ·{' '}
                {t('common.minutes', { count: lesson.durationMinutes })}
              </p>
              <h1 className="font-semibold text-3xl leading-tight">{lesson.title}</h1>
            </header>
            {hasEnded(course.generationStatus) ? null : <Alert tone="info">{t('reader.newVersionRunning')}</Alert>}
            {lesson.isFailed ? <Alert tone="warning">{t('reader.lessonFailed')}</Alert> : null}
            {lesson.notice ? (
              <Alert tone="info" title={t('reader.noticeTitle')}>
                {lesson.notice}
              </Alert>
            ) : null}
            {lesson.objectives.length > 0 ? (
              <PointList id="objectives" title={t('reader.objectives')} points={lesson.objectives} />
            ) : null}
            {lesson.content ? (
              <Markdown text={lesson.content} citations={lesson.citations} courseSlug={course.slug} />
            ) : null}
            {lesson.keyPoints.length > 0 ? (
              <Card className="border-primary/40 bg-primary-soft">
                <PointList id="key-points" title={t('reader.keyPoints')} points={lesson.keyPoints} />
              </Card>
            ) : null}
            {lesson.quiz.length > 0 ? (
              <section aria-labelledby="quiz-title" className="space-y-4">
                <h2 id="quiz-title" className="font-semibold text-xl">
                  {t('quiz.title')}{' '}
                  <span className="font-normal text-base text-muted-foreground">
                    · {t('quiz.count', { count: lesson.quiz.length })}
                  </span>
                </h2>
                <Quiz questions={lesson.quiz} />
              </section>
            ) : null}
            {lesson.citations.length > 0 ? <Sources citations={lesson.citations} courseSlug={course.slug} /> : null}
          </article>
          <div className="mt-12 space-y-6">
            <LessonNavigation slug={course.slug} previous={lessons[index - 1]} next={lessons[index + 1]} />
            <p className="text-muted-foreground text-sm">
              <EngineNote engine={content.engine} />
            </p>
          </div>
        </PageFrame>
      </div>
    </ClientMessages>
  );
}

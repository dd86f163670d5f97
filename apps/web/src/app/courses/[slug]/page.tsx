import { hasEnded } from '@megacampus/domain/steps';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CourseBody } from '@/features/course/course-body.tsx';
import { courseOfPage } from '@/features/course/load-course.ts';
import { OutcomeAlert } from '@/features/course/outcome-alert.tsx';
import { toneOf } from '@/features/courses/course-state.ts';
import { loadRewriting } from '@/features/rewrite/load-rewriting.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { DeleteButton } from '@/features/trash/delete-button.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Badge } from '@/ui/badge.tsx';
import { InTime } from '@/ui/in-time.tsx';
import { Loading, Skeleton } from '@/ui/skeleton.tsx';

interface Props {
  readonly params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await courseOfPage((await params).slug);
  return course === null ? {} : { title: course.brief.title };
}

/** One course in whatever state it is: to be generated, being generated, to be read. */
export default async function CoursePage({ params }: Props) {
  const { user, course } = await courseOfPage((await params).slug);
  if (course === null) notFound();
  const [t, rewriting] = await Promise.all([getTranslations(), loadRewriting(user.db, course.generationId)]);
  // However a rewriting of one lesson ended, the course itself is ready.
  const status = rewriting !== null && hasEnded(course.generationStatus) ? 'completed' : course.generationStatus;
  return (
    <PageFrame>
      <div className="space-y-8">
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0 max-w-3xl space-y-3">
            {/* In flight, the progress below says more, and keeps saying it. */}
            {status === null || !hasEnded(status) ? null : <Badge tone={toneOf(status)}>{t(`status.${status}`)}</Badge>}
            <h1 className="break-words font-semibold text-3xl leading-tight">{course.brief.title}</h1>
          </div>
          <ClientMessages of={['trash']}>
            <DeleteButton
              course={{ id: course.id, title: course.brief.title }}
              isRunning={!hasEnded(course.generationStatus)}
              place="page"
            />
          </ClientMessages>
        </header>
        <OutcomeAlert course={course} isRewriting={rewriting !== null} />
        <InTime
          body={CourseBody({ user, course, isRewriting: rewriting !== null })}
          fallback={<BodySkeleton label={t('common.loading')} />}
        />
      </div>
    </PageFrame>
  );
}

function BodySkeleton({ label }: { readonly label: string }) {
  return (
    <Loading label={label} className="space-y-4">
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-64" />
    </Loading>
  );
}

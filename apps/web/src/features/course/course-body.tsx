import { createDocumentStore } from '@megacampus/db/documents';
import { hasEnded } from '@megacampus/domain/steps';
import { getTranslations } from 'next-intl/server';
import { LeftOutAlert } from '@/features/documents/left-out-alert.tsx';
import { FreshWatch } from '@/features/progress/fresh-watch.tsx';
import { LiveProgress } from '@/features/progress/live-progress.tsx';
import { readStatus } from '@/features/progress/read-status.ts';
import { loadContent } from '@/features/reader/load-content.ts';
import { type SessionUser, tierOf } from '@/features/session/session-user.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Fold } from '@/ui/fold.tsx';
import { BriefSummary } from './brief-summary.tsx';
import { CourseOverview } from './course-overview.tsx';
import type { CourseView } from './load-course.ts';
import { PreparePanel } from './prepare-panel.tsx';

interface CourseBodyProps {
  readonly user: SessionUser;
  readonly course: CourseView;
}

/** Progress while a generation is in flight; else what there is to read and what a new generation would be made from. */
export async function CourseBody({ user, course }: CourseBodyProps) {
  const [content, documents, status, tier, t] = await Promise.all([
    loadContent(user.db, course.id),
    createDocumentStore(user.db).list(course.id),
    hasEnded(course.generationStatus) ? null : readStatus(course.slug),
    tierOf(user),
    getTranslations('course'),
  ]);
  const summary = <BriefSummary brief={course.brief} />;
  const isOlder = content !== null && course.generationStatus !== 'completed';
  return (
    <ClientMessages of={['progress', 'course', 'documents']}>
      <div className="space-y-10">
        {status ? (
          <LiveProgress initial={status} />
        ) : (
          <FreshWatch slug={course.slug} rendered={course.generationStatus} />
        )}
        {isOlder ? <p className="text-muted-foreground">{t('previousVersion')}</p> : null}
        {content && !status ? <LeftOutAlert documents={documents} /> : null}
        {content ? <CourseOverview slug={course.slug} content={content} /> : null}
        {status ? (
          summary
        ) : (
          <Fold title={content && course.generationStatus === 'completed' ? t('newVersion') : null}>
            <PreparePanel
              course={course}
              tier={tier}
              documents={documents}
              hasContent={content !== null}
              aside={summary}
            />
          </Fold>
        )}
      </div>
    </ClientMessages>
  );
}

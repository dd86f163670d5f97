import { createDocumentStore } from '@megacampus/db/documents';
import { hasEnded } from '@megacampus/domain/steps';
import { getTranslations } from 'next-intl/server';
import { getDeps } from '@/deps.ts';
import { LeftOutAlert } from '@/features/documents/left-out-alert.tsx';
import { UnreadAlert } from '@/features/documents/unread-alert.tsx';
import { FreshWatch } from '@/features/progress/fresh-watch.tsx';
import { LiveProgress } from '@/features/progress/live-progress.tsx';
import { readActivity, readStatus } from '@/features/progress/read-status.ts';
import { loadContent } from '@/features/reader/load-content.ts';
import { loadReading } from '@/features/reading/load-reading.ts';
import { type SessionUser, tierOf } from '@/features/session/session-user.ts';
import { ShareButton } from '@/features/share/share-button.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Fold } from '@/ui/fold.tsx';
import { BriefSummary } from './brief-summary.tsx';
import { CourseOverview } from './course-overview.tsx';
import { bookOf, type CourseView } from './load-course.ts';
import { loadReport } from './load-report.ts';
import { PreparePanel } from './prepare-panel.tsx';
import { ReportAlert } from './report-alert.tsx';
import { UsageBlock } from './usage-block.tsx';

interface CourseBodyProps {
  readonly user: SessionUser;
  readonly course: CourseView;
  /** The newest generation is to write one lesson anew. */
  readonly isRewriting: boolean;
}

/** Progress while a generation is in flight; else what there is to read and what a new generation would be made from. */
export async function CourseBody({ user, course: newest, isRewriting }: CourseBodyProps) {
  // However a rewriting of one lesson ended, the course itself is ready.
  const isReady = isRewriting && hasEnded(newest.generationStatus);
  const course: CourseView = isReady ? { ...newest, generationStatus: 'completed' } : newest;
  const isRunning = !hasEnded(course.generationStatus);
  const [content, reading, token, documents, status, activity, tier, t] = await Promise.all([
    loadContent(user.db, course.id),
    loadReading(user.id, course.id),
    getDeps().shares.tokenOf(course.id),
    createDocumentStore(user.db).list(course.id),
    isRunning ? readStatus(course.slug) : null,
    isRunning ? readActivity(course.id) : null,
    tierOf(user),
    getTranslations('course'),
  ]);
  const report = content && !status ? await loadReport(user.db, content.generationId) : null;
  const summary = <BriefSummary brief={course.brief} />;
  const isOlder = content !== null && course.generationStatus !== 'completed';
  return (
    <ClientMessages of={['progress', 'activity', 'course', 'documents', 'share']}>
      <div className="space-y-10">
        {status && activity ? (
          <LiveProgress
            initial={status}
            initialActivity={activity}
            courseTitle={course.brief.title}
            isRewriting={isRewriting}
          />
        ) : (
          <FreshWatch slug={course.slug} rendered={newest.generationStatus} />
        )}
        {isOlder ? <p className="text-muted-foreground">{t('previousVersion')}</p> : null}
        {content && !status ? <LeftOutAlert documents={documents} /> : null}
        {content && !status ? <UnreadAlert documents={documents} /> : null}
        {report ? <ReportAlert report={report} base={bookOf(course).base} /> : null}
        {content ? (
          <CourseOverview
            book={bookOf(course)}
            content={content}
            reading={reading}
            tools={<ShareButton courseId={course.id} token={token} />}
          />
        ) : null}
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
        {content && !status ? <UsageBlock db={user.db} content={content} /> : null}
      </div>
    </ClientMessages>
  );
}

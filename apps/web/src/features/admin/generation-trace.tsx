import type { GenerationTrace } from '@megacampus/db/admin';
import { hasEnded } from '@megacampus/domain/steps';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { toneOf } from '@/features/courses/course-state.ts';
import { Alert } from '@/ui/alert.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { CancelAsAdmin } from './cancel-as-admin.tsx';
import { Moment } from './moment.tsx';
import { Facts, Section } from './section.tsx';
import { Table } from './table.tsx';
import { TraceEvents } from './trace-events.tsx';
import { TraceJobs } from './trace-jobs.tsx';
import { TraceTimeline } from './trace-timeline.tsx';

/** All that is known of one generation. */
export async function GenerationTraceView({ trace }: { readonly trace: GenerationTrace }) {
  const [t, tStatus, format] = await Promise.all([getTranslations('admin'), getTranslations('status'), getFormatter()]);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-3">
        <Badge tone={toneOf(trace.status)}>{tStatus(trace.status)}</Badge>
        {hasEnded(trace.status) ? null : <CancelAsAdmin generationId={trace.id} />}
      </div>
      {trace.error ? (
        <Alert tone="danger" title={trace.error} className="mb-6">
          <code className="break-all text-xs">{JSON.stringify(trace.errorDetails)}</code>
        </Alert>
      ) : null}
      <Facts
        facts={[
          [t('generationId'), <span key="id">{trace.id}</span>],
          [t('requestId'), trace.requestId ?? '—'],
          [t('courseId'), <span key="course">{trace.courseId}</span>],
          [t('user'), `${trace.email ?? trace.userId} · ${trace.tier}`],
          [t('started'), <Moment key="started" iso={trace.createdAt} />],
          [t('finished'), <Moment key="finished" iso={trace.finishedAt} />],
          [t('lastSign'), <Moment key="last" iso={trace.lastProgressAt} />],
          [
            t('lessonsDone'),
            t('slotsOf', {
              held: trace.lessons.filter(({ status }) => status === 'completed').length,
              limit: trace.lessons.length,
            }),
          ],
        ]}
      />
      <TraceTimeline trace={trace} />
      <Suspense fallback={<Skeleton className="mt-8 h-40" />}>
        <TraceJobs trace={trace} />
      </Suspense>
      <TraceEvents trace={trace} />
      {trace.usage.length > 0 ? (
        <Section title={t('usageOf')}>
          <Table
            caption={t('usageOf')}
            head={[t('lesson'), t('call'), t('model'), t('requests'), t('inputTokens'), t('outputTokens'), t('cost')]}
          >
            {trace.usage.map((used) => (
              <tr key={`${used.position}${used.call}${used.model}`}>
                <td>{used.position ?? t('wholeCourse')}</td>
                <td>{used.call}</td>
                <td>{used.model}</td>
                <td>{format.number(used.requests)}</td>
                <td>{format.number(used.inputTokens)}</td>
                <td>{format.number(used.outputTokens)}</td>
                <td>{used.cost === null ? '—' : format.number(used.cost, { maximumFractionDigits: 6 })}</td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
    </>
  );
}

import type { GenerationTrace } from '@megacampus/db/admin';
import { JOB_CONTRACTS, type StagePayloads } from '@megacampus/queue/jobs';
import { getTranslations } from 'next-intl/server';
import { getDeps } from '@/deps.ts';
import { Badge } from '@/ui/badge.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** Of lessons: a course has up to 300, and each has a job. */
const LESSON_JOBS_SHOWN = 50;

/** The ids under which jobs of a generation are, or were, on the queue; failed and unfinished lessons first. */
function jobIdsOf({ id, hasDocuments, lessons }: GenerationTrace): string[] {
  const idOf = (stage: keyof StagePayloads, more: object = {}) =>
    (JOB_CONTRACTS[stage].jobId as (payload: object) => string)({ generationId: id, hasDocuments, ...more });
  const urgent = lessons.toSorted((a, b) => Number(a.status === 'completed') - Number(b.status === 'completed'));
  return [
    ...new Set([
      ...(hasDocuments ? [idOf('document_processing')] : []),
      idOf('structure_analysis'),
      idOf('structure_generation'),
      ...urgent
        .slice(0, LESSON_JOBS_SHOWN)
        .map((lesson) => idOf('text_generation', { lessonId: lesson.id, lessonPosition: lesson.position })),
      idOf('finalization'),
    ]),
  ];
}

/** The jobs that the queue still has, with their log lines. */
export async function TraceJobs({ trace }: { readonly trace: GenerationTrace }) {
  const t = await getTranslations('admin');
  const jobs = await getDeps().insight.jobs(jobIdsOf(trace));
  return (
    <Section title={t('jobs')}>
      {jobs.length === 0 ? (
        <p className="text-muted-foreground">{t('noJobs')}</p>
      ) : (
        <Table caption={t('jobs')} head={[t('job'), t('status'), t('attempts'), t('log')]}>
          {jobs.map((job) => (
            <tr key={job.id}>
              <td className="min-w-44">
                <a href={`/admin/queues?job=${encodeURIComponent(job.id)}`} className="text-primary underline">
                  {job.name}
                </a>
                <span className="block break-all text-muted-foreground text-xs">{job.id}</span>
              </td>
              <td>
                <Badge tone={job.state === 'failed' ? 'danger' : 'neutral'}>{job.state}</Badge>
                {job.failedReason ? <span className="mt-1 block max-w-72 text-danger">{job.failedReason}</span> : null}
              </td>
              <td className="whitespace-nowrap">{t('attemptsOf', { done: job.attempts, max: job.maxAttempts })}</td>
              <td className="min-w-64">
                <details>
                  <summary>{t('lines', { count: job.lineCount })}</summary>
                  <pre className="mt-2 max-w-xl whitespace-pre-wrap break-words text-xs">{job.lines.join('\n')}</pre>
                </details>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { Link } from '@/ui/link.tsx';
import type { CourseReport } from './load-report.ts';

/** Of each kind, so many are named; the others are counted. */
const NAMED = 5;

/** What could be better about the course as a whole, in plain words, for its owner. */
export function ReportAlert({ report, base }: { readonly report: CourseReport; readonly base: string }) {
  const t = useTranslations('quality');
  const lesson = (position: number) => (chunks: React.ReactNode) => (
    <Link href={`${base}/lessons/${position}`} className="underline underline-offset-2">
      {chunks}
    </Link>
  );
  return (
    <Alert tone="info" title={t('title')}>
      <div className="space-y-2">
        {report.alike.slice(0, NAMED).map(({ earlier, later }) => (
          <p key={`${earlier}-${later}`}>
            {t.rich('alike', { earlier, later, first: lesson(earlier), second: lesson(later) })}
          </p>
        ))}
        <Rest of={report.alike.length} />
        <Named title={t('objectives', { count: report.objectives.length })} names={report.objectives} />
        <Named title={t('headings', { count: report.headingCount })} names={report.headings} of={report.headingCount} />
        <p>{t('advice')}</p>
      </div>
    </Alert>
  );
}

interface NamedProps {
  readonly title: string;
  readonly names: readonly string[];
  /** How many there are in all, where not all are given. */
  readonly of?: number;
}

function Named({ title, names, of = names.length }: NamedProps) {
  if (of === 0) return null;
  return (
    <div>
      <p>{title}</p>
      <ul className="list-disc pl-5">
        {names.slice(0, NAMED).map((name) => (
          <li key={name} className="break-words">
            {name}
          </li>
        ))}
      </ul>
      <Rest of={of} />
    </div>
  );
}

function Rest({ of }: { readonly of: number }) {
  const t = useTranslations('quality');
  return of > NAMED ? <p>{t('more', { count: of - NAMED })}</p> : null;
}

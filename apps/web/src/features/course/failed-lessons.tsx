import { useTranslations } from 'next-intl';
import type { LessonLink } from '@/features/reader/content-view.ts';
import { Alert } from '@/ui/alert.tsx';
import { Link } from '@/ui/link.tsx';

interface FailedLessonsProps {
  readonly base: string;
  readonly lessons: readonly LessonLink[];
  /** Their owner can have them written again. */
  readonly isOwn: boolean;
}

/** More are only counted: the contents mark each of them. */
const NAMED_MAX = 5;

/** Says how many lessons are ready, and which are not, when some are not. */
export function FailedLessons({ base, lessons, isOwn }: FailedLessonsProps) {
  const t = useTranslations('reader');
  const failed = lessons.filter(({ isFailed }) => isFailed);
  if (failed.length === 0) return null;
  return (
    <Alert tone="warning" title={t('lessonsReady', { ready: lessons.length - failed.length, total: lessons.length })}>
      {isOwn ? <p>{t('lessonsFailedHint')}</p> : null}
      <ul className="mt-1 list-disc pl-5">
        {failed.slice(0, NAMED_MAX).map(({ position, title }) => (
          <li key={position}>
            <Link href={`${base}/lessons/${position}`} className="inline-block py-1 underline underline-offset-4">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

import { History, PenLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Book, LessonView } from '@/features/reader/content-view.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';
import { RewriteButton } from './rewrite-button.tsx';

interface LessonToolsProps {
  readonly book: Book;
  readonly slug: string;
  readonly lesson: LessonView;
}

/** What its owner can do with a lesson: have it written anew, change it by hand, go back to an earlier text. */
export function LessonTools({ book, slug, lesson }: LessonToolsProps) {
  const t = useTranslations('rewrite');
  const base = `${book.base}/lessons/${lesson.position}`;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <ClientMessages of={['rewrite', 'course']}>
        <RewriteButton slug={slug} lessonId={lesson.id} isFailed={lesson.isFailed} />
      </ClientMessages>
      {lesson.isFailed ? null : (
        <Button asChild variant="ghost" size="small">
          <Link href={`${base}/edit`} prefetch={false}>
            <PenLine aria-hidden />
            {t('edit')}
          </Link>
        </Button>
      )}
      {lesson.version > 1 ? (
        <Button asChild variant="ghost" size="small">
          <Link href={`${base}/versions`} prefetch={false}>
            <History aria-hidden />
            {t('versions', { version: lesson.version })}
          </Link>
        </Button>
      ) : null}
    </div>
  );
}

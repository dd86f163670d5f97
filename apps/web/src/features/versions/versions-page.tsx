import type { LessonRevision, LessonRevisionLink } from '@megacampus/db/lessons';
import { useTranslations } from 'next-intl';
import { Breadcrumbs } from '@/features/reader/breadcrumbs.tsx';
import type { Book, LessonView } from '@/features/reader/content-view.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Link } from '@/ui/link.tsx';
import { LocalTime } from '@/ui/local-time.tsx';
import { DiffView } from './diff-view.tsx';
import { RestoreButton } from './restore-button.tsx';
import { diffTexts } from './text-diff.ts';

interface VersionsPageProps {
  readonly book: Book;
  readonly lesson: LessonView;
  readonly revisions: readonly LessonRevisionLink[];
  /** The earlier text that is compared with the one of now. */
  readonly chosen: LessonRevision | null;
}

/** A lesson's earlier texts: when and how each came about, what it has otherwise, and the way back to it. */
export function VersionsPage({ book, lesson, revisions, chosen }: VersionsPageProps) {
  const t = useTranslations('versions');
  const lessonHref = `${book.base}/lessons/${lesson.position}`;
  return (
    <PageFrame width="medium">
      <Breadcrumbs book={book} />
      <h1 className="font-semibold text-3xl leading-tight">{t('title')}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">
        <Link href={lessonHref} className="underline underline-offset-4">
          {lesson.title}
        </Link>
      </p>
      {revisions.length === 0 ? (
        <p className="text-muted-foreground">{t('empty')}</p>
      ) : (
        <ol aria-label={t('title')} className="divide-y overflow-hidden rounded-xl border bg-card">
          {revisions.map((revision) => (
            <li key={revision.id}>
              <RevisionLink revision={revision} href={`${lessonHref}/versions`} isChosen={revision.id === chosen?.id} />
            </li>
          ))}
        </ol>
      )}
      {chosen === null ? null : (
        <section aria-labelledby="diff-title" className="mt-10 space-y-4">
          <h2 id="diff-title" className="font-semibold text-xl">
            {t('compared', { version: chosen.version, current: lesson.version })}
          </h2>
          <p className="text-muted-foreground text-sm">{t('legend')}</p>
          <DiffView lines={diffTexts(whole(chosen), whole(lesson))} />
          <ClientMessages of={['versions']}>
            <RestoreButton lessonId={lesson.id} revisionId={chosen.id} version={lesson.version} href={lessonHref} />
          </ClientMessages>
        </section>
      )}
    </PageFrame>
  );
}

/** Title and text, as they are compared. */
function whole({ title, content }: { readonly title: string; readonly content: string }): string {
  return `# ${title}\n\n${content}`;
}

interface RevisionLinkProps {
  readonly revision: LessonRevisionLink;
  readonly href: string;
  readonly isChosen: boolean;
}

function RevisionLink({ revision, href, isChosen }: RevisionLinkProps) {
  const t = useTranslations('versions');
  const writtenAt = revision.writtenAt ?? revision.replacedAt;
  return (
    <Link
      href={`${href}?revision=${revision.id}`}
      aria-current={isChosen ? 'true' : undefined}
      scroll={false}
      prefetch={false}
      className="block space-y-1 px-5 py-3 -outline-offset-2 hover:bg-muted aria-[current]:bg-primary-soft"
    >
      <span className="flex flex-wrap items-center gap-3">
        <span className="font-medium">{t('version', { version: revision.version })}</span>
        <Badge>{t(revision.origin)}</Badge>
        <span className="text-muted-foreground text-sm">
          <LocalTime iso={writtenAt} as="date" />, <LocalTime iso={writtenAt} as="time" />
        </span>
      </span>
      {revision.instruction === null ? null : (
        <span className="block text-muted-foreground text-sm">{t('wish', { text: revision.instruction })}</span>
      )}
    </Link>
  );
}

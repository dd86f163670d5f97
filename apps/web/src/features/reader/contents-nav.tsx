import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Reading } from '@/features/reading/reading-view.ts';
import { Link } from '@/ui/link.tsx';
import { type Book, FOLDED_FROM_LESSONS, lessonsOf, type SectionView } from './content-view.ts';
import { ContentsPanel } from './contents-panel.tsx';

interface ContentsNavProps {
  readonly book: Book;
  readonly sections: readonly SectionView[];
  /** The lesson that is open. */
  readonly position: number;
  readonly reading: Reading | null;
}

/** The contents beside a lesson; on a phone behind a button above it. Sections of a long course are folded. */
export function ContentsNav({ book, sections, position, reading }: ContentsNavProps) {
  const t = useTranslations('reader');
  const isFolded = lessonsOf({ sections }).length >= FOLDED_FROM_LESSONS;
  return (
    <nav
      aria-label={t('contents')}
      className="px-4 pt-4 text-sm sm:px-6 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-4rem)] lg:self-start lg:overflow-y-auto lg:px-0 lg:py-12 print:hidden"
    >
      <ContentsPanel label={t('contents')} position={position}>
        {sections.map((section) => (
          <Section
            key={section.position}
            section={section}
            isFolded={isFolded}
            isOpen={section.lessons.some((lesson) => lesson.position === position)}
          >
            {section.lessons.map((lesson) => (
              <li key={lesson.position}>
                <Link
                  href={`${book.base}/lessons/${lesson.position}`}
                  aria-current={lesson.position === position ? 'page' : undefined}
                  // One course can have hundreds: only what is pointed at is fetched ahead.
                  prefetch={false}
                >
                  {lesson.title}
                  {reading?.read.has(lesson.position) ? <Check aria-label={t('read')} /> : null}
                </Link>
              </li>
            ))}
          </Section>
        ))}
      </ContentsPanel>
    </nav>
  );
}

interface SectionProps {
  readonly section: SectionView;
  readonly isFolded: boolean;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/** The looks of all its links are given here once: hundreds of times would weigh. */
const list =
  '[&_a]:flex [&_a]:items-start [&_a]:gap-2 [&_a]:justify-between [&_a]:rounded-lg [&_a]:px-3 [&_a]:py-1.5 [&_a]:leading-snug [&_a]:text-muted-foreground [&_a]:-outline-offset-2 [&_a:hover]:bg-muted [&_a:hover]:text-foreground [&_a[aria-current]]:bg-primary-soft [&_a[aria-current]]:font-medium [&_a[aria-current]]:text-primary [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-success';

function Section({ section, isFolded, isOpen, children }: SectionProps) {
  if (!isFolded) {
    return (
      <li>
        <p className="mb-1 px-3 font-semibold">{section.title}</p>
        <ol className={list}>{children}</ol>
      </li>
    );
  }
  return (
    <li>
      <details open={isOpen}>
        <summary className="rounded-lg px-3 py-1.5 font-semibold -outline-offset-2 hover:bg-muted">
          {section.title}
        </summary>
        <ol className={list}>{children}</ol>
      </details>
    </li>
  );
}

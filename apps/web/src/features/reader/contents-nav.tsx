import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cn } from '@/ui/class-names.ts';
import type { SectionView } from './content-view.ts';

interface ContentsNavProps {
  readonly slug: string;
  readonly sections: readonly SectionView[];
  /** The lesson that is open. */
  readonly position: number;
}

/** The contents beside a lesson, where there is room for them; the course's own page has them for everybody. */
export function ContentsNav({ slug, sections, position }: ContentsNavProps) {
  const t = useTranslations('reader');
  return (
    <nav
      aria-label={t('contents')}
      className="sticky top-16 hidden max-h-[calc(100dvh-4rem)] self-start overflow-y-auto py-12 text-sm lg:block print:hidden"
    >
      <ol className="space-y-5">
        {sections.map((section) => (
          <li key={section.position}>
            <p className="mb-1 px-3 font-semibold">{section.title}</p>
            <ol>
              {section.lessons.map((lesson) => (
                <li key={lesson.position}>
                  <Link
                    href={`/courses/${slug}/lessons/${lesson.position}`}
                    aria-current={lesson.position === position ? 'page' : undefined}
                    // One course can have hundreds: only what is pointed at is fetched ahead.
                    prefetch={false}
                    className={cn(
                      'block rounded-lg px-3 py-1.5 -outline-offset-2 text-muted-foreground leading-snug hover:bg-muted hover:text-foreground',
                      lesson.position === position && 'bg-primary-soft font-medium text-primary',
                    )}
                  >
                    {lesson.title}
                  </Link>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </nav>
  );
}

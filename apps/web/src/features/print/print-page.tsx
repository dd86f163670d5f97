import './print.css';
import { useTranslations } from 'next-intl';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { Breadcrumbs } from '@/features/reader/breadcrumbs.tsx';
import type { Book, ContentView, LessonView } from '@/features/reader/content-view.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { PrintAnswers } from './print-answers.tsx';
import { PrintButton } from './print-button.tsx';
import { PrintLesson } from './print-lesson.tsx';

interface PrintPageProps {
  readonly book: Book;
  readonly content: ContentView;
  readonly lessons: readonly LessonView[];
}

/** The whole course on one page, made for paper: citations are footnotes, answers come at the end. */
export function PrintPage({ book, content, lessons }: PrintPageProps) {
  const t = useTranslations('print');
  const tReader = useTranslations('reader');
  const byPosition = new Map(lessons.map((lesson) => [lesson.position, lesson]));
  return (
    <PageFrame width="medium">
      <div className="print:hidden">
        <Breadcrumbs book={book} />
        <div className="mb-10 flex flex-wrap items-center gap-4 rounded-xl border bg-card p-4">
          <p className="min-w-48 flex-1 text-muted-foreground text-sm">{t('hint')}</p>
          <PrintButton label={t('print')} />
        </div>
      </div>
      <article lang={book.language} className="space-y-12">
        <header className="space-y-6">
          <h1 className="font-semibold text-3xl leading-tight">{book.title}</h1>
          {content.overview ? <Markdown text={content.overview} /> : null}
          <h2 className="font-semibold text-xl">{tReader('contents')}</h2>
          <ol className="space-y-3">
            {content.sections.map((section) => (
              <li key={section.position} className="print-whole">
                <p className="font-medium">
                  {section.position}. {section.title}
                </p>
                <ol className="pl-5 text-muted-foreground text-sm leading-relaxed">
                  {section.lessons.map((lesson) => (
                    <li key={lesson.position}>
                      <a href={`#lesson-${lesson.position}`}>
                        {lesson.position}. {lesson.title}
                      </a>
                    </li>
                  ))}
                </ol>
              </li>
            ))}
          </ol>
        </header>
        {content.sections.map((section) => (
          <section key={section.position} className="print-page space-y-12">
            <h2 className="border-b pb-2 font-semibold text-2xl">
              {section.position}. {section.title}
            </h2>
            {section.lessons.map(({ position }) => {
              const lesson = byPosition.get(position);
              return lesson === undefined ? null : <PrintLesson key={position} lesson={lesson} />;
            })}
          </section>
        ))}
        <PrintAnswers lessons={lessons} />
        {content.glossary.length > 0 ? (
          <section className="print-page space-y-4">
            <h2 className="font-semibold text-2xl">{tReader('glossary')}</h2>
            <dl className="space-y-3">
              {content.glossary.map(({ term, definition }) => (
                <div key={term} className="print-whole">
                  <dt className="font-semibold">{term}</dt>
                  <dd>{definition}</dd>
                </div>
              ))}
            </dl>
          </section>
        ) : null}
      </article>
    </PageFrame>
  );
}

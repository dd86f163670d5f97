import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { Alert } from '@/ui/alert.tsx';
import { Card } from '@/ui/card.tsx';
import { CitationButton } from './citation-button.tsx';
import { CitationDetails } from './citation-details.tsx';
import type { Book, CitationView, LessonView } from './content-view.ts';
import { PointList } from './point-list.tsx';
import { Sources } from './sources.tsx';

interface LessonBodyProps {
  readonly book: Book;
  readonly lesson: LessonView;
  readonly isOwn: boolean;
  /** Its questions, between the text and the sources. */
  readonly quiz: ReactNode;
}

/** All of a lesson that is read. */
export function LessonBody({ book, lesson, isOwn, quiz }: LessonBodyProps) {
  const t = useTranslations('reader');
  // One element for each citation, wherever it is opened from: it is sent to the browser once.
  const details = new Map(
    lesson.citations.map((citation) => [
      citation.number,
      <CitationDetails key={citation.number} citation={citation} book={book} isOwn={isOwn} />,
    ]),
  );
  const byNumber = new Map(lesson.citations.map((citation) => [citation.number, citation]));
  const mark = (number: number) => {
    const citation = byNumber.get(number);
    return citation === undefined ? null : <CitationMark citation={citation}>{details.get(number)}</CitationMark>;
  };
  return (
    <>
      {lesson.notice ? (
        <Alert tone="info" title={t('noticeTitle')}>
          {lesson.notice}
        </Alert>
      ) : null}
      {lesson.objectives.length > 0 ? (
        <PointList id="objectives" title={t('objectives')} points={lesson.objectives} />
      ) : null}
      {lesson.content ? <Markdown text={lesson.content} citation={mark} /> : null}
      {lesson.keyPoints.length > 0 ? (
        <Card className="border-primary/40 bg-primary-soft">
          <PointList id="key-points" title={t('keyPoints')} points={lesson.keyPoints} />
        </Card>
      ) : null}
      {quiz}
      {lesson.citations.length > 0 ? (
        <Sources citations={lesson.citations} details={({ number }) => details.get(number)} />
      ) : null}
    </>
  );
}

function CitationMark({ citation, children }: { readonly citation: CitationView; readonly children: ReactNode }) {
  return (
    <CitationButton number={citation.number} documentName={citation.documentName} heading={undefined} as="mark">
      {children}
    </CitationButton>
  );
}

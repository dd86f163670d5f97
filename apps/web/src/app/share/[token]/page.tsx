import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CourseOverview } from '@/features/course/course-overview.tsx';
import { loadShared, SHARED_METADATA } from '@/features/share/load-shared.ts';
import { SharedNote } from '@/features/share/shared-note.tsx';
import { PageFrame } from '@/features/shell/page-frame.tsx';

interface Props {
  readonly params: Promise<{ token: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const shared = await loadShared((await params).token);
  return shared === null ? SHARED_METADATA : { ...SHARED_METADATA, title: shared.book.title };
}

/** A course for whoever has the link to it. */
export default async function SharedCoursePage({ params }: Props) {
  const shared = await loadShared((await params).token);
  if (shared === null) notFound();
  return (
    <PageFrame>
      <div className="space-y-8">
        <header className="space-y-3">
          <h1 className="max-w-3xl font-semibold text-3xl leading-tight">{shared.book.title}</h1>
          <SharedNote />
        </header>
        <CourseOverview book={shared.book} content={shared.content} reading={null} />
      </div>
    </PageFrame>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { courseOfPage } from '@/features/course/load-course.ts';
import { LessonPage } from '@/features/reader/lesson-page.tsx';
import { loadContent } from '@/features/reader/load-content.ts';
import { loadLesson } from '@/features/reader/load-lesson.ts';

interface Props {
  readonly params: Promise<{ slug: string; position: string }>;
}

async function findContent(slug: string) {
  const { user, course } = await courseOfPage(slug);
  const content = course && (await loadContent(user.db, course.id));
  return content ? { user, course, content } : null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, position } = await params;
  const found = await findContent(slug);
  const lessons = found?.content.sections.flatMap((section) => section.lessons) ?? [];
  const title = lessons.find((lesson) => String(lesson.position) === position)?.title;
  return title === undefined ? {} : { title: `${title} · ${found?.course.brief.title}` };
}

export default async function Page({ params }: Props) {
  const { slug, position } = await params;
  const found = await findContent(slug);
  const isNumber = /^[1-9]\d{0,3}$/.test(position);
  const lesson =
    found && isNumber ? await loadLesson(found.user.db, found.content.generationId, Number(position)) : null;
  if (found === null || lesson === null) notFound();
  return <LessonPage course={found.course} content={found.content} lesson={lesson} />;
}

'use client';

import { hasEnded } from '@megacampus/domain/lifecycle';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { statusAnswer } from '@/api-client/answers.ts';
import { callApi } from '@/api-client/call-api.ts';
import { CourseCard } from './course-card.tsx';
import type { CourseCardView } from './course-card-view.ts';

/** How often running courses are asked about while the page is being looked at. */
const REFRESH_MS = 3_000;

/** The cards; those of running courses keep themselves up to date. */
export function CourseGrid({ courses }: { readonly courses: readonly CourseCardView[] }) {
  const router = useRouter();
  const [news, setNews] = useState<Readonly<Record<string, Partial<CourseCardView>>>>({});
  const shown = courses.map((course) => ({ ...course, ...news[course.slug] }));
  const running = shown
    .filter((course) => !hasEnded(course.status))
    .map((course) => course.slug)
    .join();

  useEffect(() => {
    if (running === '') return;
    const stop = new AbortController();
    const ask = async (slug: string) => {
      const answer = await callApi(`/api/courses/${slug}/check-status`, {
        answer: statusAnswer,
        signal: stop.signal,
      });
      if (stop.signal.aborted) return;
      // Deleted, in another tab say.
      if (answer.kind === 'refused' && answer.status === 404) router.refresh();
      if (answer.kind !== 'ok') return;
      const { currentGenerationStatus: status, generationProgress } = answer.data;
      const isReadable = status === 'completed' ? { isReadable: true } : {};
      setNews((all) => ({
        ...all,
        [slug]: { status, percentage: generationProgress?.percentage ?? 0, ...isReadable },
      }));
    };
    const askAll = () => {
      if (!document.hidden) for (const slug of running.split(',')) void ask(slug);
    };
    const timer = setInterval(askAll, REFRESH_MS);
    document.addEventListener('visibilitychange', askAll, { signal: stop.signal });
    stop.signal.addEventListener('abort', () => clearInterval(timer));
    return () => stop.abort();
  }, [running, router]);

  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {shown.map((course) => (
        <CourseCard key={course.slug} course={course} />
      ))}
    </ul>
  );
}

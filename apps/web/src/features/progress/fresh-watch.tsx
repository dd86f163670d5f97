'use client';

import type { GenerationStatus } from '@megacampus/domain/lifecycle';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { statusAnswer } from '@/api-client/answers.ts';
import { callApi } from '@/api-client/call-api.ts';

interface FreshWatchProps {
  readonly slug: string;
  readonly rendered: GenerationStatus | null;
}

/**
 * Keeps a page of a course at rest true: when it is looked at again, it asks whether a generation was started
 * meanwhile, or the course deleted, in another tab say, and is rendered anew if so.
 */
export function FreshWatch({ slug, rendered }: FreshWatchProps) {
  const router = useRouter();
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      if (document.hidden) return;
      const answer = await callApi(`/api/courses/${encodeURIComponent(slug)}/check-status`, {
        answer: statusAnswer,
        signal: stop.signal,
      });
      const isGone = answer.kind === 'refused' && answer.status === 404;
      if (isGone || (answer.kind === 'ok' && answer.data.currentGenerationStatus !== rendered)) router.refresh();
    };
    document.addEventListener('visibilitychange', look, { signal: stop.signal });
    window.addEventListener('focus', look, { signal: stop.signal });
    return () => stop.abort();
  }, [slug, rendered, router]);
  return null;
}

'use client';

import type { ActivityResponse, CheckStatusResponse } from '@megacampus/domain/api';
import { useEffect, useRef, useState } from 'react';
import { activityAnswer } from '@/api-client/answers.ts';
import { callApi } from '@/api-client/call-api.ts';

/** Not more often than this, however quickly news of the status comes. */
const PAUSE_MS = 1_500;
/** Also without news: workers come and go. */
const REFRESH_MS = 15_000;

/** What happens in a generation, asked for anew with each news of its status, starting from what the server rendered. */
export function useActivity(status: CheckStatusResponse, initial: ActivityResponse): ActivityResponse {
  const [activity, setActivity] = useState(initial);
  const look = useRef(() => {});
  const { slug, updatedAt } = status;
  const known = useRef(updatedAt);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAtMs = 0;
    const ask = async () => {
      timer = undefined;
      if (!document.hidden) {
        askedAtMs = Date.now();
        const path = `/api/courses/${encodeURIComponent(slug)}/activity`;
        const answer = await callApi(path, { answer: activityAnswer, signal: stop.signal });
        if (stop.signal.aborted) return;
        if (answer.kind === 'ok') setActivity(answer.data);
      }
      // News that came meanwhile has set it already.
      timer ??= setTimeout(ask, REFRESH_MS);
    };
    look.current = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, Math.max(0, askedAtMs + PAUSE_MS - Date.now()));
    };
    const lookNow = () => look.current();
    timer = setTimeout(ask, REFRESH_MS);
    document.addEventListener('visibilitychange', lookNow, { signal: stop.signal });
    window.addEventListener('online', lookNow, { signal: stop.signal });
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [slug]);

  useEffect(() => {
    // Of the status that came with `initial` nothing more is to be known.
    if (updatedAt === known.current) return;
    known.current = updatedAt;
    look.current();
  }, [updatedAt]);

  return activity;
}

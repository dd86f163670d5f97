import type { CheckStatusResponse } from '@megacampus/domain/api';
import { statusAnswer } from '@/api-client/answers.ts';
import { callApi } from '@/api-client/call-api.ts';

/** How news of a course reaches this page at the moment. */
export type Connection = 'live' | 'polling' | 'offline';

export interface StatusHandlers {
  onStatus(status: CheckStatusResponse): void;
  onConnection(connection: Connection): void;
  /** The course is gone or we are signed out: the server has to say what to show. */
  onLost(): void;
}

const POLL_MS = 3_000;
const SLOWEST_POLL_MS = 15_000;

/** A stream that has given nothing for this long is held back by something on the way. */
const FIRST_NEWS_MS = 4_000;

/** How long to poll before the stream is tried again. */
const STREAM_RETRY_MS = 20_000;

/**
 * Follows a course, from the state that the page was rendered with where it has one: by server-sent events, and by polling
 * for as long as these bring nothing. Looks at once when the page is shown again or the network is back. A hidden page
 * gives its connection up (a browser allows six to a server, over all tabs) and polls slowly. Returns what ends it.
 */
export function watchStatus(slug: string, rendered: CheckStatusResponse | null, handlers: StatusHandlers): () => void {
  const base = `/api/courses/${encodeURIComponent(slug)}`;
  const asRendered = rendered === null ? null : JSON.stringify(rendered);
  const stop = new AbortController();
  let stream: EventSource | null = null;
  let pollTimer: ReturnType<typeof setTimeout> | undefined;
  let streamTimer: ReturnType<typeof setTimeout> | undefined;
  let pollMs = POLL_MS;
  let request = new AbortController();

  function listen() {
    closeStream();
    const opened = new EventSource(`${base}/events`);
    stream = opened;
    streamTimer = setTimeout(fallBack, FIRST_NEWS_MS);
    const hear = async (event: MessageEvent<string>) => {
      // A stream begins with how things are. While that is no news, there is no need to fetch what checks it.
      const status = event.data === asRendered ? rendered : await checked(event.data);
      if (status === null || stream !== opened) return;
      clearTimeout(streamTimer);
      clearTimeout(pollTimer);
      handlers.onConnection('live');
      handlers.onStatus(status);
    };
    opened.addEventListener('message', hear);
    opened.addEventListener('status', hear);
    opened.onerror = fallBack;
  }

  function fallBack() {
    closeStream();
    streamTimer = setTimeout(listen, STREAM_RETRY_MS);
    void poll();
  }

  async function poll() {
    clearTimeout(pollTimer);
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const answer = await callApi(`${base}/check-status`, { answer: statusAnswer, signal });
    if (signal.aborted) return;
    if (answer.kind === 'refused' && [401, 403, 404].includes(answer.status)) return handlers.onLost();
    const isAnswered = answer.kind === 'ok';
    if (isAnswered) handlers.onStatus(answer.data);
    if (stream === null) handlers.onConnection(isAnswered ? 'polling' : 'offline');
    pollMs = isAnswered && !document.hidden ? POLL_MS : Math.min(pollMs * 2, SLOWEST_POLL_MS);
    if (stream === null) pollTimer = setTimeout(poll, pollMs);
  }

  function closeStream() {
    clearTimeout(streamTimer);
    clearTimeout(pollTimer);
    stream?.close();
    stream = null;
  }

  /** News that was under way when the network went is not let in: it would say "live" and stay. */
  function goOffline() {
    closeStream();
    request.abort();
    handlers.onConnection('offline');
    pollTimer = setTimeout(poll, POLL_MS);
  }

  function lookAgain() {
    if (document.hidden) {
      closeStream();
      pollTimer = setTimeout(poll, SLOWEST_POLL_MS);
    } else {
      listen();
    }
  }

  document.addEventListener('visibilitychange', lookAgain, { signal: stop.signal });
  window.addEventListener('online', lookAgain, { signal: stop.signal });
  window.addEventListener('offline', goOffline, { signal: stop.signal });
  stop.signal.addEventListener('abort', () => {
    closeStream();
    request.abort();
  });
  lookAgain();
  return () => stop.abort();
}

async function checked(text: string): Promise<CheckStatusResponse | null> {
  const schema = await statusAnswer().catch(() => null);
  return schema?.safeParse(parseJson(text)).data ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface ServerEvent {
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of it.
  readonly data?: any;
  readonly comment?: string;
  readonly retryMs?: number;
}

export interface EventsConnection {
  readonly response: Response;
  /** The next event or comment; null at the end of the stream. */
  next(): Promise<ServerEvent | null>;
  /** The next event that passes; comments and others are skipped. */
  until(accept: (event: ServerEvent) => boolean): Promise<ServerEvent>;
  close(): void;
}

/** Reads a stream of server-sent events as a browser does, but leaves nothing out. */
export async function openEvents(
  url: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<EventsConnection> {
  const stop = new AbortController();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers }, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';

  async function next(): Promise<ServerEvent | null> {
    for (;;) {
      const end = pending.indexOf('\n\n');
      if (end >= 0) {
        const block = pending.slice(0, end);
        pending = pending.slice(end + 2);
        return parse(block);
      }
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return null;
      pending += chunk.value;
    }
  }

  return {
    response,
    next,
    async until(accept) {
      for (let event = await next(); event !== null; event = await next()) if (accept(event)) return event;
      throw new Error('The stream ended first');
    },
    close: () => stop.abort(),
  };
}

function parse(block: string): ServerEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
  const [id, data, retry, comment] = [field('id'), field('data'), field('retry'), field('')];
  return {
    ...(id === undefined ? {} : { id }),
    ...(data === undefined ? {} : { data: JSON.parse(data) }),
    ...(retry === undefined ? {} : { retryMs: Number(retry) }),
    ...(comment === undefined || data !== undefined ? {} : { comment }),
  };
}

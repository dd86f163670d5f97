import { createHash } from 'node:crypto';
import type { CheckStatusResponse } from '@megacampus/domain/api';
import type { WatchItem } from './watch-course.ts';

/** How long a browser waits before it connects again, in ms. */
const RECONNECT_MS = 2_000;

/** Names a state: the same id is the same state, so a client that comes back says what it has seen. */
export function eventId(state: CheckStatusResponse): string {
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 16);
}

/** Writes what is watched as server-sent events; `data` is the body of check-status. */
export async function* encodeEvents(items: AsyncIterable<WatchItem>): AsyncGenerator<string, void> {
  let preamble = `retry: ${RECONNECT_MS}\n`;
  for await (const item of items) {
    yield item.kind === 'heartbeat'
      ? ': heartbeat\n\n'
      : `${preamble}id: ${eventId(item.state)}\ndata: ${JSON.stringify(item.state)}\n\n`;
    preamble = '';
  }
}

import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '@megacampus/stack/ports';

/**
 * What the proxy does to traffic:
 * - `forward`: nothing;
 * - `delay`: each piece of the answer waits `ms`;
 * - `freeze`: connections are accepted and never answered, nothing reaches the server;
 * - `drop-responses`: requests reach the server, whose answers are swallowed: committed but unanswered;
 * - `reset-responses`: as before, and the connection is reset as soon as the server answers;
 * - `cut`: connections are refused at once, open ones are reset.
 */
type Mode =
  | { kind: 'forward' | 'freeze' | 'drop-responses' | 'reset-responses' | 'cut' }
  | { kind: 'delay'; ms: number };

export interface TcpProxy {
  readonly port: number;
  /** The URL of the target with this proxy's host and port in place of its own. */
  readonly url: string;
  /** Open client connections. */
  connections(): number;
  cut(): Promise<void>;
  delay(ms: number): void;
  freeze(): void;
  dropResponses(): void;
  resetResponses(): void;
  /**
   * Back to forwarding. What was frozen goes on; what was swallowed stays lost, and its connection is reset, as TCP
   * never loses a part of a stream and goes on.
   */
  restore(): Promise<void>;
  /** Resolves when the server has next answered something that was swallowed, that is, has done the work. */
  swallowed(): Promise<void>;
  /** Shows `watch` every answer from now on, until the function returned is called. */
  watchAnswers(watch: AnswerWatch): () => void;
  close(): Promise<void>;
}

/**
 * Sees an answer on its way back, with all that its connection has sent since the answer before, both as Latin-1. `hold`:
 * the server has done the work, and the client hears neither this answer nor any later one on this connection.
 */
export type AnswerWatch = (asked: string, answer: string) => 'pass' | 'hold';

/** A proxy in front of a real server that can fail the way networks and servers do. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const port = await freePort();
  const pairs = new Set<Pair>();
  const awaitingSwallow = new Set<() => void>();
  const state: { mode: Mode; server: Server | undefined; readonly watches: Set<AnswerWatch> } = {
    mode: { kind: 'forward' },
    server: undefined,
    watches: new Set(),
  };
  const onSwallow = () => {
    for (const resolve of awaitingSwallow) resolve();
    awaitingSwallow.clear();
  };

  async function listen(): Promise<void> {
    if (state.server !== undefined) return;
    const server = createServer((client) => {
      const pair = openPair(client, target, state, onSwallow);
      pairs.add(pair);
      client.once('close', () => pairs.delete(pair));
    });
    state.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  }

  async function cut(): Promise<void> {
    state.mode = { kind: 'cut' };
    const closed = new Promise<void>((resolve) => (state.server ? state.server.close(() => resolve()) : resolve()));
    state.server = undefined;
    for (const pair of pairs) pair.reset();
    await closed;
  }

  const become = (mode: Mode) => {
    state.mode = mode;
    for (const pair of pairs) pair.modeChanged();
  };
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  await listen();

  return {
    port,
    url: url.href.replace(/\/$/, targetUrl.endsWith('/') ? '/' : ''),
    connections: () => pairs.size,
    cut,
    delay: (ms) => become({ kind: 'delay', ms }),
    freeze: () => become({ kind: 'freeze' }),
    dropResponses: () => become({ kind: 'drop-responses' }),
    resetResponses: () => become({ kind: 'reset-responses' }),
    async restore() {
      await listen();
      for (const pair of pairs) if (pair.broken()) pair.reset();
      become({ kind: 'forward' });
    },
    swallowed: () => new Promise((resolve) => awaitingSwallow.add(resolve)),
    watchAnswers(watch) {
      state.watches.add(watch);
      return () => void state.watches.delete(watch);
    },
    close: cut,
  };
}

interface Pair {
  /** Whether an answer was swallowed. */
  broken(): boolean;
  modeChanged(): void;
  reset(): void;
}

function openPair(
  client: Socket,
  target: URL,
  state: { readonly mode: Mode; readonly watches: ReadonlySet<AnswerWatch> },
  onSwallow: () => void,
): Pair {
  const server = connect(Number(target.port), target.hostname);
  let swallowed = false;
  let held = false;
  let asked = '';
  const reset = () => {
    client.resetAndDestroy();
    server.destroy();
  };
  // Each timer sends what has waited longest, so that a later answer never comes before an earlier one.
  const waiting: Buffer[] = [];
  const answer = (data: Buffer, delayMs: number) => {
    if (delayMs === 0 && waiting.length === 0) return void client.write(data);
    waiting.push(data);
    setTimeout(() => {
      const next = waiting.shift();
      if (next !== undefined && client.writable) client.write(next);
    }, delayMs);
  };
  client.on('data', (data) => {
    if (state.watches.size > 0) asked += data.toString('latin1');
    server.write(data);
  });
  server.on('data', (data) => {
    for (const watch of [...state.watches]) held = watch(asked, data.toString('latin1')) === 'hold' || held;
    asked = '';
    const now = state.mode;
    if (held) swallowed = true;
    else if (now.kind === 'forward') answer(data, 0);
    else if (now.kind === 'delay') answer(data, now.ms);
    else {
      swallowed = true;
      if (now.kind === 'reset-responses') reset();
      onSwallow();
    }
  });
  client.on('error', () => server.destroy());
  server.on('error', () => client.resetAndDestroy());
  client.on('end', () => server.end());
  server.on('end', () => client.end());
  client.on('close', () => server.destroy());
  const modeChanged = () => {
    // Not reading at all, rather than throwing away: what was sent meanwhile arrives after `restore`.
    if (state.mode.kind === 'freeze') for (const socket of [client, server]) socket.pause();
    else for (const socket of [client, server]) socket.resume();
  };
  modeChanged();
  return { modeChanged, reset, broken: () => swallowed };
}

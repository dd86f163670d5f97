import { connect, createServer } from 'node:net';

/**
 * Below the range that systems take the local ports of outgoing connections from (32768 and up on Linux, 49152
 * elsewhere). In that range a client that keeps trying to reach a stopped server can connect to itself, or an
 * outgoing connection can take the port before the server is back.
 */
const LOWEST = 15_000;
const HIGHEST = 31_999;
const handedOut = new Set<number>();

/** A TCP port on 127.0.0.1 that nobody listens on and that this process has not handed out before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port found between ${LOWEST} and ${HIGHEST}`);
}

/** True when nothing answers on the port on either loopback address and it can be bound. */
export async function isFree(port: number): Promise<boolean> {
  if ((await answers(port, '127.0.0.1')) || (await answers(port, '::1'))) return false;
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}

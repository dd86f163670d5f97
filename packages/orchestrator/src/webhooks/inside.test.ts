import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverWebhook, type Network } from './deliver.ts';

/** A world of two real servers: 127.0.0.1 stands for the internet, 127.0.0.2 for what is inside and must not be called. */
const OUTSIDE = '127.0.0.1';
const INSIDE = '127.0.0.2';

let redirect: string | null = null;
let reached: string[] = [];
let port = 0;
/** What the DNS says of any name, one answer a question; the last one for ever. */
let dns: string[][] = [];
let questions = 0;

const servers = [OUTSIDE, INSIDE].map((address) => ({
  address,
  server: createServer((request, response) => {
    reached.push(address);
    request.resume();
    if (redirect === null || address === INSIDE) response.writeHead(204).end();
    else response.writeHead(307, { location: redirect }).end();
  }),
}));

beforeAll(async () => {
  for (const { address, server } of servers) {
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    port = (server.address() as AddressInfo).port;
  }
});
afterAll(() => {
  for (const { server } of servers) server.close().closeAllConnections();
});
beforeEach(() => {
  [redirect, reached, dns, questions] = [null, [], [[OUTSIDE]], 0];
});

const network: Network = {
  rules: { schemes: ['http:'], allowsAddress: (address) => address === OUTSIDE, allowsName: () => true },
  lookup(_hostname, _options, callback) {
    const addresses = dns[Math.min(questions, dns.length - 1)] ?? [];
    questions += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  },
};

const deliver = (host: string) =>
  deliverWebhook(
    { url: `http://${host}:${port}/hook`, body: '{}', secret: 'secret-of-the-test', timeoutMs: 2_000 },
    { allowPrivate: false },
    network,
  );

test('what is outside is reached, by name and by address', async () => {
  expect(await deliver('hooks.example')).toMatchObject({ kind: 'delivered' });
  expect(await deliver(OUTSIDE)).toMatchObject({ kind: 'delivered' });
  expect(reached).toEqual([OUTSIDE, OUTSIDE]);
});

describe('a redirect to what is inside is not followed', () => {
  test.each([
    '127.0.0.2',
    '127.2',
    '2130706434',
    '0x7f.0.0.2',
    '0x7f000002',
    '0177.0.0.02',
    '127.0.0.2.',
    '[::ffff:127.0.0.2]',
  ])('as %s', async (host) => {
    redirect = `http://${host}:${port}/`;
    expect(await deliver('hooks.example')).toMatchObject({ kind: 'refused' });
    expect(reached).toEqual([OUTSIDE]);
  });

  test('as a name that leads there', async () => {
    redirect = `http://inside.example:${port}/`;
    dns = [[OUTSIDE], [INSIDE]];
    expect(await deliver('hooks.example')).toMatchObject({ kind: 'refused' });
    expect(reached).toEqual([OUTSIDE]);
  });
});

test('a name that leads elsewhere a moment later gains nothing: the address that was checked is the one called', async () => {
  dns = [[OUTSIDE], [INSIDE]];
  expect(await deliver('rebound.example')).toMatchObject({ kind: 'delivered' });
  expect([questions, reached]).toEqual([1, [OUTSIDE]]);
  expect(await deliver('rebound.example')).toMatchObject({ kind: 'refused' });
  expect(reached).toEqual([OUTSIDE]);
});

test('a name with an address outside and one inside is not called at all', async () => {
  dns = [[OUTSIDE, INSIDE]];
  expect(await deliver('both.example')).toMatchObject({ kind: 'refused' });
  expect(reached).toEqual([]);
});

import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deliverWebhook, signWebhook } from './deliver.ts';
import { rulesOf } from './public-address.ts';

const servers: Server[] = [];
const LOCAL = { allowPrivate: true };

interface Received {
  url: string | undefined;
  body: string;
  signature: string | string[] | undefined;
}

async function receiver(answer: (req: IncomingMessage, res: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += String(chunk);
    });
    req.on('end', () => {
      received.push({ url: req.url, body, signature: req.headers['x-webhook-signature'] });
      answer(req, res);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const call = (url: string) => ({ url, body: '{"статус":"ok"}', secret: 'secret-of-the-test', timeoutMs: 2_000 });

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('delivering a webhook', () => {
  it('sends the raw body with the hex HMAC-SHA256 of exactly these bytes', async () => {
    const { url, received } = await receiver((_, res) => res.writeHead(204).end());
    expect(await deliverWebhook(call(`${url}/hook`), LOCAL)).toEqual({ kind: 'delivered', statusCode: 204 });
    const expected = createHmac('sha256', 'secret-of-the-test').update('{"статус":"ok"}').digest('hex');
    expect(received).toEqual([{ url: '/hook', body: '{"статус":"ok"}', signature: expected }]);
    expect(signWebhook('{"статус":"ok"}', 'secret-of-the-test')).toBe(expected);
  });

  it.each([
    [500, 'failed'],
    [503, 'failed'],
    [429, 'failed'],
    [404, 'refused'],
    [410, 'refused'],
  ] as const)('answers of %i are %s', async (status, kind) => {
    const { url } = await receiver((_, res) => res.writeHead(status).end());
    expect(await deliverWebhook(call(url), LOCAL)).toMatchObject({ kind });
  });

  it('does not wait for a receiver that never answers', async () => {
    const { url } = await receiver(() => undefined);
    expect(await deliverWebhook({ ...call(url), timeoutMs: 200 }, LOCAL)).toMatchObject({ kind: 'failed' });
  });

  it('follows a redirect, but never to what may not be called', async () => {
    const target = await receiver((_, res) => res.writeHead(200).end());
    const good = await receiver((_, res) => res.writeHead(307, { location: `${target.url}/moved` }).end());
    expect(await deliverWebhook(call(good.url), LOCAL)).toMatchObject({ kind: 'delivered' });
    expect(target.received.map(({ url }) => url)).toEqual(['/moved']);

    const evil = await receiver((_, res) => res.writeHead(302, { location: 'file:///etc/passwd' }).end());
    expect(await deliverWebhook(call(evil.url), LOCAL)).toMatchObject({ kind: 'refused' });

    const endless = await receiver((_, res) => res.writeHead(302, { location: '/again' }).end());
    expect(await deliverWebhook(call(endless.url), LOCAL)).toEqual({ kind: 'refused', reason: 'too many redirects' });
    expect(endless.received).toHaveLength(4);
  });

  it('refuses a name that resolves to a private address, with nothing but the system’s own DNS', async () => {
    const rules = { ...rulesOf({ allowPrivate: false }), schemes: ['http:'], allowsName: () => true };
    const { url, received } = await receiver((_, res) => res.end());
    const target = call(url.replace('127.0.0.1', 'localhost'));
    expect(await deliverWebhook(target, LOCAL, { rules, lookup })).toMatchObject({ kind: 'refused' });
    expect(received).toEqual([]);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableFault } from '@megacampus/domain/errors';
import { createClient } from '@supabase/supabase-js';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { createTokenVerifier } from './verify-token.ts';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const USER = '0199f0f0-0000-7000-8000-000000000001';
const CLAIMS = { sub: USER, role: 'authenticated', aud: 'authenticated' };
const NOWHERE = 'http://127.0.0.1:9';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A stand-in for the auth server, which only publishes keys or answers as told. */
async function authServer(answer: () => { status: number; body: unknown } | 'silence'): Promise<string> {
  const server = createServer((_, response) => {
    const result = answer();
    if (result === 'silence') return;
    response.writeHead(result.status, { 'content-type': 'application/json' }).end(JSON.stringify(result.body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function verifier(supabaseUrl: string, jwtSecret?: string) {
  const auth = { persistSession: false, autoRefreshToken: false };
  return createTokenVerifier({
    supabaseUrl,
    jwtSecret,
    client: createClient(supabaseUrl, 'sb_publishable_x', { auth }),
  });
}

function hs256(claims: Record<string, unknown> = CLAIMS, secret = SECRET, expires: string | null = '1h') {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' });
  if (expires !== null) token.setExpirationTime(expires);
  return token.sign(new TextEncoder().encode(secret));
}

test('a token signed with the secret is verified without asking anybody', async () => {
  expect(await verifier(NOWHERE, SECRET)(await hs256())).toEqual({ userId: USER });
});

test.each([
  ['forged: another secret', () => hs256(CLAIMS, 'another-secret-of-thirty-two-characters-too')],
  ['expired', () => hs256(CLAIMS, SECRET, '-1m')],
  ['without an expiry', () => hs256(CLAIMS, SECRET, null)],
  ['of the anonymous role', () => hs256({ ...CLAIMS, role: 'anon' })],
  ['of the service role', () => hs256({ ...CLAIMS, role: 'service_role' })],
  ['for another audience', () => hs256({ ...CLAIMS, aud: 'elsewhere' })],
  ['without a user', () => hs256({ role: 'authenticated', aud: 'authenticated' })],
  ['whose user is no id', () => hs256({ ...CLAIMS, sub: "' or 1=1" })],
  ['with algorithm none', () => new UnsecuredJWT(CLAIMS).setExpirationTime('1h').encode()],
  ['not a token', () => 'not-a-token'],
  ['empty', () => ''],
  ['enormous', () => 'x'.repeat(100_000)],
])('a token is refused: %s', async (_, make) => {
  expect(await verifier(NOWHERE, SECRET)(await make())).toBeNull();
});

test('a token with changed claims is refused', async () => {
  const [header, , signature] = (await hs256()).split('.');
  const claims = Buffer.from(JSON.stringify({ ...CLAIMS, sub: crypto.randomUUID(), exp: 9_999_999_999 }));
  expect(await verifier(NOWHERE, SECRET)(`${header}.${claims.toString('base64url')}.${signature}`)).toBeNull();
});

test('a token signed with a published key is verified; one of an unknown key, and HS256 made of a public key, are not', async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const verify = verifier(await authServer(() => ({ status: 200, body: { keys: [jwk] } })), SECRET);
  const sign = (key: CryptoKey, kid: string) =>
    new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid }).setExpirationTime('1h').sign(key);

  expect(await verify(await sign(pair.privateKey, 'k1'))).toEqual({ userId: USER });
  expect(await verify(await sign((await generateKeyPair('ES256')).privateKey, 'k1'))).toBeNull();
  expect(await verify(await sign(pair.privateKey, 'k2'))).toBeNull();
  expect(await verify(await hs256(CLAIMS, JSON.stringify(jwk)))).toBeNull();
});

test.each([
  ['is down', async () => NOWHERE],
  ['does not answer', () => authServer(() => 'silence')],
  ['answers 500', () => authServer(() => ({ status: 500, body: {} }))],
  ['answers nonsense', () => authServer(() => ({ status: 200, body: 'nonsense' }))],
])('when the key server %s that is an outage, not a bad token', async (_, url) => {
  const { privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT(CLAIMS)
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setExpirationTime('1h')
    .sign(privateKey);
  await expect(verifier(await url(), SECRET)(token)).rejects.toBeInstanceOf(UnavailableFault);
});

test('without a secret the auth server is asked, and its no is a no', async () => {
  const yes = await authServer(() => ({ status: 200, body: { id: USER, aud: 'authenticated' } }));
  expect(await verifier(yes)(await hs256())).toEqual({ userId: USER });
  const no = await authServer(() => ({ status: 403, body: { error_code: 'bad_jwt', msg: 'invalid' } }));
  expect(await verifier(no)(await hs256())).toBeNull();
});

test.each([500, 502, 429])('without a secret, when the auth server answers %i that is an outage', async (status) => {
  const url = await authServer(() => ({ status, body: { msg: 'no' } }));
  await expect(verifier(url)(await hs256())).rejects.toBeInstanceOf(UnavailableFault);
});

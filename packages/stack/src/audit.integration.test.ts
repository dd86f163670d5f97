import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { auditDependencies } from './audit.ts';
import { bin } from './cli/run.ts';

/** A registry as far as `pnpm audit` asks it: for the advisories of all that the lockfile names. */
async function auditWith(answer: (response: ServerResponse) => void, timeoutMs = 45_000) {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.endsWith('/advisories/bulk')) answer(response);
    else response.writeHead(404).end('{}');
  });
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return auditDependencies({ pnpm: bin('pnpm'), timeoutMs, env: { pnpm_config_registry: registry } });
}

const json = (body: unknown) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** `zod` is among our dependencies. */
const advisory = (severity: string, title = 'A hole') => ({
  zod: [{ id: 1, url: 'https://x.test/1', title, severity, vulnerable_versions: '<99', cwe: [], cvss: { score: 8 } }],
});

test.each(['high', 'critical'])('a dependency with a known hole of severity %s is found', async (severity) => {
  expect(await auditWith(json(advisory(severity)))).toMatchObject({
    kind: 'holes',
    report: expect.stringContaining('zod'),
  });
});

test('a hole is found whatever its advisory says', async () => {
  expect(await auditWith(json(advisory('high', 'Error: ERR_PNPM_AUDIT_BAD_RESPONSE')))).toMatchObject({
    kind: 'holes',
  });
});

test('no advisory, or a lesser one, is no finding', async () => {
  expect(await auditWith(json({}))).toMatchObject({ kind: 'clean' });
  expect(await auditWith(json(advisory('moderate')))).toMatchObject({ kind: 'clean' });
});

test.each([404, 405])('a registry that answers %i offers no advisories, and that is said', async (status) => {
  expect(await auditWith((response) => response.writeHead(status).end('{}'))).toEqual({
    kind: 'not_checked',
    reason: 'this registry offers no advisories',
  });
});

test('an answer that is none is not taken for clean', async () => {
  expect(await auditWith((response) => response.writeHead(200).end('<html>'))).toMatchObject({ kind: 'not_checked' });
});

test('a registry that never answers holds the check for no longer than its deadline', async () => {
  const startedAt = performance.now();
  expect(await auditWith(() => {}, 3_000)).toEqual({
    kind: 'not_checked',
    reason: 'the registry did not answer within 3 s',
  });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

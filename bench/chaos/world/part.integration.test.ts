import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNursery } from '@megacampus/stack/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type Servers, startServers } from './servers.ts';

/** Postgres among them, whose children have process groups of their own. */
async function withServers(work: (servers: Servers) => Promise<void>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-chaos-part-'));
  chmodSync(dataDir, 0o711);
  const nursery = createNursery(() => undefined);
  nursery.removeAtEnd(dataDir);
  try {
    await work(await startServers({ nursery, dataDir, log: () => undefined }));
  } finally {
    await nursery.close();
  }
}

const childrenOf = (pid: number | null) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a frozen Postgres can be restarted, and whatever stood still ends with its parent', {
  timeout: 120_000,
}, async () => {
  await withServers(async ({ parts: { postgres }, addresses }) => {
    const before = childrenOf(postgres.pid());
    expect(before.length).toBeGreaterThan(3);
    expect(postgres.freeze()).toBe(true);
    await postgres.stop();
    await postgres.start();
    expect(before.filter(isThere)).toEqual([]);
    const client = new pg.Client(addresses.databaseUrl);
    await client.connect();
    await client.end();

    // Ended past us, as by somebody who kills the one process: the children go on with the next thaw, and see it.
    const orphans = childrenOf(postgres.pid());
    postgres.freeze();
    postgres.signal('SIGKILL');
    await postgres.ended();
    expect(orphans.filter(isThere)).toEqual(orphans);
    postgres.unfreeze();
    await waitFor(() => orphans.filter(isThere).length === 0, { timeoutMs: 20_000, what: 'the orphans to end' });
  });
});

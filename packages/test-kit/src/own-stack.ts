import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '@megacampus/stack/local-stack';

/** New users may have to confirm their address, and a test may want to read what the servers print. */
type OwnStackOptions = Partial<Pick<LocalStackOptions, 'confirmEmails' | 'log'>>;

/**
 * A whole stack of a test file's own, in about four seconds: for tests that run a reconciler or count what is in
 * flight over all users, which would otherwise meet the generations of other files. The caller stops it.
 */
export async function startThrowAwayStack({
  confirmEmails = false,
  log: listen,
}: OwnStackOptions = {}): Promise<LocalStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-test-'));
  // As root, Postgres runs as a user of its own, who must be able to pass through.
  chmodSync(dataDir, 0o711);
  const verbose = process.env['STACK_LOG'] === '1';
  const log = (source: string, line: string) => {
    listen?.(source, line);
    if (verbose) process.stderr.write(`[${source}] ${line}\n`);
  };
  return await startLocalStack({ dataDir, ports: 'free', log, durable: false, throwAway: true, confirmEmails });
}

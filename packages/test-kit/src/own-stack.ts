import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, type LocalStackOptions, makeTemplate, startLocalStack } from '@megacampus/stack/local-stack';
import { rememberContents } from './reset-stack.ts';

/** New users may have to confirm their address, and a test may want to read what the servers print. */
type OwnStackOptions = Partial<Pick<LocalStackOptions, 'confirmEmails' | 'log'>>;

/** Names the folder of a template to the processes of a run. */
const TEMPLATE = 'MEGACAMPUS_TEST_TEMPLATE';

/** Makes the database once that all throw-away stacks of this run start from. Returns what removes it. */
export async function prepareThrowAwayStacks(): Promise<() => void> {
  const folder = temporaryFolder();
  const remove = () => {
    delete process.env[TEMPLATE];
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  await makeTemplate(folder, verboseLog);
  process.env[TEMPLATE] = folder;
  return remove;
}

/** Stacks that a file of this process has given back. They end with it. */
const resting: LocalStack[] = [];

/**
 * A whole stack for one test file: for tests that run a reconciler or count what is in flight over all users, which would
 * otherwise meet the generations of other files. As a stack takes seconds of work to start, `stop` brings it back to
 * how it was and leaves it to the next file of this process.
 */
export async function borrowStack(): Promise<LocalStack> {
  return resting.pop() ?? (await startReusableStack());
}

async function startReusableStack(): Promise<LocalStack> {
  const stack = await startThrowAwayStack();
  const reset = await rememberContents(stack);
  const reusable: LocalStack = {
    ...stack,
    async stop() {
      try {
        await reset();
        resting.push(reusable);
      } catch (err) {
        await stack.stop();
        throw err;
      }
    },
  };
  return reusable;
}

/** A whole stack that nobody has used or will use: for tests that harm its servers. The caller stops it. */
export async function startThrowAwayStack({
  confirmEmails = false,
  log: listen,
}: OwnStackOptions = {}): Promise<LocalStack> {
  const dataDir = temporaryFolder();
  const log = (source: string, line: string) => {
    listen?.(source, line);
    verboseLog(source, line);
  };
  const template = process.env[TEMPLATE];
  return await startLocalStack({
    dataDir,
    ports: 'free',
    log,
    durable: false,
    throwAway: true,
    confirmEmails,
    template,
  });
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'megacampus-test-'));
  // As root, Postgres runs as a user of its own, who must be able to pass through.
  chmodSync(folder, 0o711);
  return folder;
}

function verboseLog(source: string, line: string): void {
  if (process.env['STACK_LOG'] === '1') process.stderr.write(`[${source}] ${line}\n`);
}

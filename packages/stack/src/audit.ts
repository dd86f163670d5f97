import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { repositoryDir } from './paths.ts';
import { killGroup } from './process/child.ts';

export type Audit =
  | { readonly kind: 'clean' | 'holes'; readonly report: string }
  /** Nobody could say. */
  | { readonly kind: 'not_checked'; readonly reason: string };

export interface AuditOptions {
  /** The program `pnpm`. */
  readonly pnpm: string;
  /** Longest time for the answer, in ms: it takes seconds; a network that swallows packets must not hold the check. */
  readonly timeoutMs: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** What pnpm prints first when there was no answer, or none that it understands. */
const NO_ANSWER = /^(?:Error: )?\[?ERR_PNPM_(?:AUDIT|META_FETCH)\w*/;
const NOT_OFFERED = /ENDPOINT_NOT_EXISTS|responded with 40[45]/;

/**
 * Asks the registry for known holes of severity high or critical in what the lockfile names. Only an answer makes a
 * dependency clean: whatever else pnpm ends with counts as holes, unless it says itself that it was not answered.
 */
export async function auditDependencies({ pnpm, timeoutMs, env }: AuditOptions): Promise<Audit> {
  const child = spawn(pnpm, ['audit', '--audit-level', 'high'], {
    cwd: repositoryDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what it starts must end with it.
    detached: true,
    env: { ...process.env, ...env },
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
  }, timeoutMs);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  clearTimeout(timer);
  const report = `${out}${err}`.trim();
  if (isLate) return { kind: 'not_checked', reason: `the registry did not answer within ${timeoutMs / 1000} s` };
  if (code === 0) return { kind: 'clean', report };
  if (!NO_ANSWER.test(err.trimStart()) && !NO_ANSWER.test(out.trimStart())) return { kind: 'holes', report };
  return {
    kind: 'not_checked',
    reason: NOT_OFFERED.test(report) ? 'this registry offers no advisories' : `the registry gave no answer\n${report}`,
  };
}

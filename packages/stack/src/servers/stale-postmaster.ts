import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isErrno } from '../process/child.ts';

/**
 * Clears the way for a new Postgres over `dataDir`, whose lock we hold, after a run that was killed. A server that
 * is still there is ended. The pid file itself stays: Postgres uses it to make sure that no old backend is still
 * writing. But when its pid has been given to a process that has nothing to do with us, Postgres would refuse to
 * start; a pid of its own parent it takes for a stale one.
 */
export async function retireStalePostmaster(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid < 2 || !isAlive(pid)) return;
  if (!isPostgresOf(pid, dataDir)) {
    writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'));
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch (err) {
      if (!isErrno(err, 'ESRCH')) throw err;
    }
    for (let waitedMs = 0; waitedMs < 3_000 && isAlive(pid); waitedMs += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!isAlive(pid)) return;
  }
}

function isPostgresOf(pid: number, dataDir: string): boolean {
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return command.includes(dataDir);
  } catch {
    return false;
  }
}

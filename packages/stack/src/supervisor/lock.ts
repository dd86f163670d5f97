import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isErrno } from '../process/child.ts';

/**
 * Takes the data folder for this process. Refuses when another start has it; a lock whose owner is gone is
 * taken over. Returns the way to give it back.
 */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'supervisor.lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, born: birthOf(process.pid) }), {
        flag: 'wx',
        mode: 0o600,
      });
      return () => rmSync(path, { force: true });
    } catch (err) {
      if (!isErrno(err, 'EEXIST')) throw err;
      const owner = ownerOf(path);
      if (owner !== null) {
        throw new Error(
          `MegaCampus is already running on ${dataDir} (process ${owner}). Stop it first, or set MEGACAMPUS_DATA_DIR ` +
            'and other ports to run a second one.',
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${path} could not be taken`);
}

function ownerOf(path: string): number | null {
  try {
    const { pid, born } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; born: string | null };
    return isAlive(pid) && birthOf(pid) === born ? pid : null;
  } catch {
    return null;
  }
}

/** When a process began, where the system tells: a pid alone may by now belong to somebody else. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChildSpec } from '../process/child.ts';
import { which } from '../programs.ts';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

type Command = Pick<ChildSpec, 'command' | 'args' | 'uid' | 'gid'>;

/**
 * Postgres refuses to run as root. For root this makes (or finds) a `postgres` user, gives it the data folder,
 * and returns how to run a command as that user; for everybody else commands stay as they are.
 */
export function unprivileged(dataDir: string): (command: string, args: readonly string[]) => Command {
  if (process.getuid?.() !== 0) return (command, args) => ({ command, args });
  const account = findAccount() ?? createAccount();
  chownSync(dataDir, account.uid, account.gid);
  return (command, args) => {
    if (canReach(account, command) && canReach(account, dataDir)) return { command, args, ...account };
    return withPassage(account, command, args);
  };
}

/**
 * A clone in a private folder (/root, mktemp -d): only a capability lets another user pass through it. The secure
 * bit keeps it in force for access(2), by which initdb looks for its programs.
 */
function withPassage({ uid, gid }: Account, command: string, args: readonly string[]): Command {
  if (which('setpriv') === undefined) {
    throw new Error(
      `Postgres does not run as root, and its user cannot reach ${command}: make the folders above it passable ` +
        '(chmod o+x), install setpriv (util-linux), or start as another user.',
    );
  }
  const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  const capabilities = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { command: 'setpriv', args: [...ids, ...capabilities, command, ...args] };
}

function findAccount(): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function createAccount(): Account {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { encoding: 'utf8' });
  const account = findAccount();
  if (account === undefined) {
    throw new Error(`Postgres does not run as root, and a user "postgres" could not be made: ${made.stderr}`);
  }
  return account;
}

/** True when every folder above `path` lets this account through. */
function canReach(account: Account, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const passBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & passBit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../process/child.ts';
import { aptInstall, which } from '../programs.ts';

const run = promisify(execFile);

export interface RedisCommand {
  readonly command: string;
  /** Put before the server's own options. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Where it comes from, for people. */
  readonly origin: string;
}

/**
 * Finds a Redis server, or fetches one. Tried in this order: what is on PATH; what an earlier start fetched; the
 * packages of Debian or Ubuntu (installed as root in a container, else unpacked into `toolsDir`, which leaves the
 * system alone);
 * Homebrew; the npm package redis-memory-server, which compiles one; Docker.
 */
export function findRedis(toolsDir: string, log: Log): Promise<RedisCommand> {
  // Stacks that start side by side must not fetch it side by side.
  searching ??= search(toolsDir, log).finally(() => {
    searching = undefined;
  });
  return searching;
}

let searching: Promise<RedisCommand> | undefined;

async function search(toolsDir: string, log: Log): Promise<RedisCommand> {
  const problems: string[] = [];
  for (const attempt of [onPath, () => unpacked(toolsDir), fromApt, fromHomebrew, fromNpm, fromDocker]) {
    try {
      const found = await attempt(toolsDir, log);
      if (found !== undefined) return found;
    } catch (err) {
      problems.push(`${attempt.name}: ${err instanceof Error ? err.message.split('\n')[0] : String(err)}`);
    }
  }
  throw new Error(
    `No Redis found and none could be fetched. Install redis-server, or set REDIS_URL.\n${problems.join('\n')}`,
  );
}

async function onPath(): Promise<RedisCommand | undefined> {
  for (const name of ['redis-server', 'valkey-server']) {
    const command = which(name);
    if (command !== undefined) return { command, args: [], origin: command };
  }
  return undefined;
}

async function fromApt(toolsDir: string, log: Log): Promise<RedisCommand | undefined> {
  if (process.platform !== 'linux' || which('apt-get') === undefined) return undefined;
  // Where systemd runs, the installed package would start a service of its own on our port.
  if (process.getuid?.() === 0 && !existsSync('/run/systemd/system')) {
    log('redis', 'No Redis on this machine; installing redis-server with apt-get');
    await aptInstall(['redis-server']);
    return await onPath();
  }
  log('redis', `No Redis on this machine; unpacking the redis-server package into ${toolsDir}`);
  const draft = `${toolsDir}.tmp`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const { stdout } = await run('apt-cache', [
    ...['depends', '--recurse', '--no-recommends', '--no-suggests', '--no-conflicts', '--no-breaks'],
    ...['--no-replaces', '--no-enhances', '--no-pre-depends', 'redis-server'],
  ]);
  // libc and the like are on every machine; an unpacked second libc would not match the system's loader.
  const wanted = stdout.split('\n').filter((line) => /^(redis|lib(jemalloc|lua|lzf|atomic|hiredis))/.test(line));
  await run('apt-get', ['download', ...new Set(wanted)], { cwd: draft });
  for (const file of readdirSync(draft).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(draft, file), draft]);
  }
  rmSync(toolsDir, { recursive: true, force: true });
  renameSync(draft, toolsDir);
  return await unpacked(toolsDir);
}

async function unpacked(toolsDir: string): Promise<RedisCommand | undefined> {
  const command = ['redis-server', 'redis-check-rdb'].map((name) => join(toolsDir, 'usr/bin', name)).find(existsSync);
  if (command === undefined) return undefined;
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => foldersIn(join(toolsDir, folder)));
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(delimiter) };
  const tried = spawnSync(command, ['--version'], { env });
  return tried.status === 0 ? { command, args: [], env, origin: command } : undefined;
}

async function fromHomebrew(_toolsDir: string, log: Log): Promise<RedisCommand | undefined> {
  if (which('brew') === undefined) return undefined;
  log('redis', 'No Redis on this machine; installing it with Homebrew');
  await run('brew', ['install', 'redis']);
  return await onPath();
}

async function fromNpm(toolsDir: string, log: Log): Promise<RedisCommand | undefined> {
  if (which('make') === undefined || (which('cc') ?? which('gcc')) === undefined) return undefined;
  log('redis', 'No Redis on this machine; compiling one (redis-memory-server), this takes minutes');
  const folder = `${toolsDir}-compiled`;
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, REDISMS_DOWNLOAD_DIR: folder, REDISMS_VERSION: '7.2.5' };
  await run('npx', ['--yes', '--package=redis-memory-server@0.16.0', 'node', '-e', PRINT_BINARY], { env, cwd: folder });
  const command = foldersIn(folder)
    .map((name) => join(name, 'redis-server'))
    .find(existsSync);
  return command === undefined ? undefined : { command, args: [], origin: command };
}

const PRINT_BINARY = "new (require('redis-memory-server').RedisMemoryServer)().stop()";

async function fromDocker(): Promise<RedisCommand | undefined> {
  if (which('docker') === undefined) return undefined;
  await run('docker', ['info'], { timeout: 10_000 });
  const args = ['run', '--rm', '--init', '--network=host', 'redis:7.4', 'redis-server'];
  return { command: 'docker', args, origin: 'docker redis:7.4' };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const inside = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.map((entry) => join(entry.parentPath, entry.name))];
}

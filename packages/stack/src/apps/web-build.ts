import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { repositoryDir, webDir } from '../paths.ts';
import { isAlive, isErrno } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';
import { nextCli } from './web.ts';

const KEEP_UNUSED_MS = 7 * 24 * 3600 * 1000;
const LOCK_TIMEOUT_MS = 10 * 60 * 1000;
const FINISHED = 'FINISHED';

/** What the production build is made of; tests are not part of it. */
const SOURCES = [
  'apps/web/{src,public,messages}/**/*',
  'apps/web/*.{ts,mjs,json}',
  'packages/{db,domain,log,orchestrator,queue,tracing}/{src/**/*,package.json}',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
];

/**
 * The production build of the present sources, as the folder for NEXT_DIST_DIR, relative to apps/web. Each state
 * of the sources has a folder of its own, built once and then never changed, so that building for a test run does
 * not disturb a running start.
 */
export async function ensureWebBuild(nursery: Nursery, say: (line: string) => void = () => {}): Promise<string> {
  const folder = join('.next', `build-${hashSources()}`);
  const path = join(webDir, folder);
  mkdirSync(join(webDir, '.next'), { recursive: true });
  if (!existsSync(join(path, FINISHED))) {
    say('Building the web app; this is done once for each state of its sources');
    await withLock(`${path}.lock`, () => build(nursery, folder));
  }
  const now = new Date();
  utimesSync(join(path, FINISHED), now, now);
  removeUnused();
  return folder;
}

async function build(nursery: Nursery, folder: string): Promise<void> {
  const path = join(webDir, folder);
  if (existsSync(join(path, FINISHED))) return;
  rmSync(path, { recursive: true, force: true });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_DIST_DIR: folder,
  };
  const args = [nextCli(), 'build'];
  const child = await nursery.spawn({ name: 'build', command: process.execPath, args, cwd: webDir, env });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`The web app could not be built:\n${child.tail()}`);
  writeFileSync(join(path, FINISHED), '');
}

function hashSources(): string {
  // The benches' build has a route more; see apps/web/next.config.ts.
  const hash = createHash('sha256')
    .update(process.version)
    .update(process.env['MEGACAMPUS_BENCH_ROUTES'] ?? '');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: repositoryDir }))
    .filter((file) => !/\.test\.tsx?$|(^|\/)next-env\.d\.ts$/.test(file))
    .sort();
  for (const file of files) {
    const path = join(repositoryDir, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** One builder at a time over all processes; a lock whose owner is gone is taken over. */
async function withLock(path: string, work: () => Promise<void>): Promise<void> {
  const endsAt = Date.now() + LOCK_TIMEOUT_MS;
  while (!tryLock(path)) {
    if (Date.now() > endsAt) throw new Error(`${path} has been held for ${LOCK_TIMEOUT_MS / 60_000} minutes`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (err) {
    if (!isErrno(err, 'EEXIST')) throw err;
  }
  const owner = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  // An empty file has just been made by somebody who has not written to it yet.
  if (owner > 0 && !isAlive(owner)) rmSync(path, { force: true });
  return false;
}

function removeUnused(): void {
  const parent = join(webDir, '.next');
  for (const name of readdirSync(parent).filter((entry) => /^build-[0-9a-f]{16}$/.test(entry))) {
    const finished = join(parent, name, FINISHED);
    if (existsSync(finished) && Date.now() - statSync(finished).mtimeMs > KEEP_UNUSED_MS) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

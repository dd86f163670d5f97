/**
 * The first thing that runs in a bare clone: `start`, `dev`, `test` or `check`. Plain JavaScript with nothing but
 * Node's own modules, for Node 20 and up. It installs the dependencies, Node 24 among them, when they are missing
 * or older than the lockfile, and then runs the real program with that Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const windows = process.platform === 'win32';
const cli = join(root, 'packages/stack/src/cli');
const PROGRAMS = {
  start: [join(cli, 'start.ts')],
  dev: [join(cli, 'start.ts'), '--dev'],
  test: [join(cli, 'test.ts')],
  check: [join(cli, 'check.ts')],
};

const program = PROGRAMS[process.argv[2]];
if (program === undefined) fail(`Usage: node packages/stack/bin/bootstrap.mjs ${Object.keys(PROGRAMS).join('|')}`);
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old: MegaCampus needs Node 20 or newer.`);
}
if (!isInstalled()) install();
run([...program, ...process.argv.slice(3)]);

/** pnpm writes .modules.yaml last, so an interrupted install does not count. */
function isInstalled() {
  const stamp = join(root, 'node_modules/.modules.yaml');
  if (!existsSync(stamp) || !existsSync(join(root, 'node_modules/node/package.json'))) return false;
  const newest = Math.max(
    ...['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => statSync(join(root, name)).mtimeMs),
  );
  return statSync(stamp).mtimeMs >= newest;
}

function install() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log('Installing the dependencies …');
  const args = ['--yes', `pnpm@${devDependencies.pnpm}`, 'install', '--frozen-lockfile'];
  // CI=true: pnpm asks nothing.
  const { status, error } = spawnSync('npx', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true' },
    shell: windows,
  });
  if (error !== undefined || status !== 0) {
    fail(
      `The dependencies could not be installed (${error ? error.message : `npx ended with ${status}`}).\n` +
        `The lines above say why; often the npm registry cannot be reached. To try by hand:  npx ${args.join(' ')}`,
    );
  }
  // pnpm leaves the file alone when there was nothing to do.
  const now = new Date();
  utimesSync(join(root, 'node_modules/.modules.yaml'), now, now);
}

/** Where the `node` package keeps its binary; the file in .bin may be a shell script, which takes no signals. */
function node24() {
  const path = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe', 'node_modules/.bin/node']
    .map((name) => join(root, name))
    .find(existsSync);
  return path ?? fail('node_modules has no Node 24. Remove node_modules and try again.');
}

function run(args) {
  const bins = join(root, 'node_modules/.bin');
  const child = spawn(node24(), args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      // What V8 made of our modules: each Node process of ours starts in three quarters of its time.
      NODE_COMPILE_CACHE: join(root, '.local/compile-cache'),
      ...process.env,
      PATH: `${bins}${windows ? ';' : ':'}${process.env.PATH}`,
    },
  });
  child.once('error', (error) => fail(`Node 24 does not run here: ${error.message}`));
  // In a terminal Ctrl-C reaches the child by itself as well; it takes the second one as the same wish.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
  if (process.env.npm_lifecycle_event === undefined) return;
  // npm itself may be killed; then nobody would be left to stop us.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
}

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

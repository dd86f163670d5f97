import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { webDir } from './paths.ts';
import { aptInstall, which } from './programs.ts';

const run = promisify(execFile);

/** The shell without a user interface first: the same tests take 0.6 of a whole browser's time. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
);

/** What a browser needs to run as root in a machine without a screen, and to stay off the network by itself. */
export const BROWSER_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The path of a Chromium on this machine, or null. `MEGACAMPUS_BROWSER` names one. */
export function findBrowser(): string | null {
  const given = process.env['MEGACAMPUS_BROWSER'];
  if (given) return given;
  const installed = NAMES.map(which).find((path) => path !== undefined) ?? MAC_APPS.find(existsSync);
  if (installed !== undefined) return installed;
  const downloaded = playwright().chromium.executablePath();
  return existsSync(downloaded) ? downloaded : null;
}

/** As `findBrowser`, but fetches one when there is none: with apt-get as root, else with Playwright's own download. */
export async function ensureBrowser(log: (line: string) => void): Promise<string> {
  const found = findBrowser();
  if (found !== null) return found;
  const problems: string[] = [];
  for (const [how, fetch] of [
    ['apt-get install chromium-headless-shell', fromApt],
    ['playwright-core install chromium', fromPlaywright],
  ] as const) {
    log(`No browser on this machine; trying ${how}`);
    try {
      await fetch();
      const fetched = findBrowser();
      if (fetched !== null) return fetched;
    } catch (err) {
      problems.push(`${how}: ${err instanceof Error ? err.message : String(err)}`);
    }
  }
  throw new Error(
    `No browser found and none could be fetched; name one in MEGACAMPUS_BROWSER.\n${problems.join('\n')}`,
  );
}

async function fromApt(): Promise<void> {
  if (process.getuid?.() !== 0 || which('apt-get') === undefined) throw new Error('needs root and apt-get');
  try {
    await aptInstall(['chromium-headless-shell']);
  } catch {
    // Debian has the shell since bookworm, Ubuntu has not.
    await aptInstall(['chromium']);
  }
}

async function fromPlaywright(): Promise<void> {
  const cli = join(createRequire(join(webDir, 'package.json')).resolve('playwright-core/package.json'), '../cli.js');
  await run(process.execPath, [cli, 'install', 'chromium-headless-shell'], { maxBuffer: 1e8 });
  await run(process.execPath, [cli, 'install', 'chromium'], { maxBuffer: 1e8 });
}

function playwright(): { chromium: { executablePath(): string } } {
  return createRequire(join(webDir, 'package.json'))('playwright-core');
}

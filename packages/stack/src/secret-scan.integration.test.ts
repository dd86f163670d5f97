import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { repositoryDir } from './paths.ts';
import { SECRET_SCAN } from './secret-scan.ts';

interface Scan {
  readonly code: number | null;
  readonly report: string;
  /** The files that the report names. */
  readonly files: readonly string[];
}

/** Runs the scan of `pnpm check` in a folder with these files. */
async function scan(files: Readonly<Record<string, string>>): Promise<Scan> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'secret-scan-')));
  copyFileSync(join(repositoryDir, '.secretlintignore'), join(folder, '.secretlintignore'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const ended = new Promise<Scan>((resolve) => {
    const child = execFile(SECRET_SCAN.command, SECRET_SCAN.args, { cwd: folder }, (_, out, err) => {
      const report = `${out}${err}`;
      const named = report.split('\n').filter((line) => line.startsWith(folder));
      resolve({ code: child.exitCode, report, files: named.map((path) => relative(folder, path)) });
    });
  });
  return ended.finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** Put together here, so that the scan of this repository does not find them. */
const joined = (...parts: string[]) => parts.join('');
const SUPABASE_KEY = joined('sb_', 'secret_', 'Ab3dEf9hIjKlMn0pQrStUvWx');
const SECRETS: Readonly<Record<string, string>> = {
  'key of Supabase': SUPABASE_KEY,
  'token of GitHub': joined('gh', 'p_', 'Ab3dEf9hIjKlMn0pQrStUvWxYz12345678ab'),
  'key of OpenAI': joined(
    'sk',
    '-proj-',
    'Ab3dEf9hIj'.repeat(7),
    'Abcd',
    'T3Blb',
    'kFJ',
    'Ab3dEf9hIj'.repeat(7),
    'Abcd',
  ),
  'key of Amazon': joined('AWS_SECRET_ACCESS', '_KEY=', 'Ab3dEf9hIjKlMn0pQrSt', 'UvWxYz12345678abCdEf'),
  'private key': joined(
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\n',
    'MIIEpAIBAAKCAQEA'.repeat(8),
    '\n-----END RSA PRIVATE KEY-----',
  ),
  'password of a database': joined('postgres', '://bob:', 'hunter2hunter2', '@db.internal:5432/app'),
  'password in an address': joined('https', '://bob:', 'hunter2hunter2', '@internal.test/x'),
};
const PLACES = ['run.sh', '.env.production', '.ci/run', 'docs/a/b/guide.md', 'supabase/seed.sql'];
const NOT_OURS = ['node_modules/x/index.js', 'apps/web/.next/server.js', '.local/stack.json', '.git/config'];

describe('of a folder with secrets', () => {
  const fileOf = (kind: string) => `src/${kind.replaceAll(' ', '-')}.ts`;
  let found: Scan;

  beforeAll(async () => {
    const kinds = Object.entries(SECRETS).map(([kind, secret]) => [fileOf(kind), secret]);
    const places = [...PLACES, ...NOT_OURS].map((name) => [name, `KEY=${SUPABASE_KEY}\n`]);
    found = await scan(Object.fromEntries([...kinds, ...places]));
  });

  test('the check fails', () => {
    expect(found.code).toBe(1);
  });

  test.each(Object.keys(SECRETS))('a %s is found, and not repeated', (kind) => {
    expect(found.files, found.report).toContain(fileOf(kind));
    expect(found.report).not.toContain(SECRETS[kind]);
  });

  test('every folder and hidden file is looked into, but for what is not ours', () => {
    expect([...PLACES, ...NOT_OURS].filter((name) => found.files.includes(name))).toEqual(PLACES);
  });
});

test('what only looks like a secret is none', async () => {
  const found = await scan({
    'config.ts': [
      `const publishable = 'sb_publishable_${'Ab3d'.repeat(8)}';`,
      "const short = 'sb_secret_x';",
      "const key = process.env['SUPABASE_SECRET_KEY'];",
      `const hash = '${'2c26b46b'.repeat(8)}';`,
      "const example = 'https://user:pass@example.com/';",
    ].join('\n'),
    'README.md': 'Set `SUPABASE_SECRET_KEY` and `WEBHOOK_SECRET=…`; DATABASE_URL is `postgres://…`.\n',
  });
  expect(found).toEqual({ code: 0, report: '', files: [] });
});

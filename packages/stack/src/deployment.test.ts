import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationsDir, repositoryDir } from './paths.ts';

const UNITS = globSync('docs/deployment/*.service', { cwd: repositoryDir });
const setting = (unit: string, name: string) => new RegExp(`^${name}=(.+)$`, 'm').exec(unit)?.[1] ?? '';

test.each(UNITS)('%s starts programs that there are, from the folder it names', (file) => {
  const unit = readFileSync(join(repositoryDir, file), 'utf8');
  const here = (path: string) => path.replace('/opt/megacampus', repositoryDir);
  const folder = here(setting(unit, 'WorkingDirectory'));
  const [node = '', ...args] = setting(unit, 'ExecStart').split(' ');
  const program = args.find((arg) => !arg.startsWith('-')) ?? '';
  for (const path of [folder, here(node), join(folder, program)]) expect(existsSync(path), path).toBe(true);
});

test('there is a unit for each app', () => {
  expect(UNITS).toHaveLength(2);
});

const MIGRATIONS = globSync('*.sql', { cwd: migrationsDir });
const FORBIDDEN =
  /\b(DROP\s+(TABLE|COLUMN|TYPE|VIEW|SCHEMA)|RENAME\s+(TO|COLUMN|VALUE)|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE)\b/gi;

test('no migration takes away or renames what the version before it uses', () => {
  const found = MIGRATIONS.flatMap((file) => {
    const sql = readFileSync(join(migrationsDir, file), 'utf8').replace(/--.*$/gm, '');
    return [...sql.matchAll(FORBIDDEN)].map(([text]) => `${file}: ${text}`);
  });
  expect(MIGRATIONS.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
});

test('a function that a migration drops is made anew in it', () => {
  for (const file of MIGRATIONS) {
    const sql = readFileSync(join(migrationsDir, file), 'utf8');
    for (const [, name = ''] of sql.matchAll(/DROP FUNCTION (?:IF EXISTS )?([\w.]+)/g)) {
      expect(sql, `${file}: ${name}`).toContain(`FUNCTION ${name}(`);
    }
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryDir } from '../paths.ts';
import { NEWEST_FUNCTION } from './hosted.ts';

test('a start asks a hosted database for a function of the newest migration that makes one', () => {
  const folder = join(repositoryDir, 'supabase/migrations');
  const made = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .map((text) => [...text.matchAll(/^CREATE FUNCTION public\.(\w+)/gm)].map(([, name]) => name))
    .filter((names) => names.length > 0);
  expect(made.at(-1)).toContain(NEWEST_FUNCTION.name);
});

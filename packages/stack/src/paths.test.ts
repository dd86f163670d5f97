import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataDirOf, repositoryDir } from './paths.ts';

test('a data folder that is empty is the usual one, never the repository, whose migrations would be replaced', () => {
  for (const env of [{}, { MEGACAMPUS_DATA_DIR: '' }]) expect(dataDirOf(env)).toBe(join(repositoryDir, '.local'));
  expect(dataDirOf({ MEGACAMPUS_DATA_DIR: '/data' })).toBe('/data');
});

import { join } from 'node:path';
import { bin } from './cli/run.ts';
import { repositoryDir } from './paths.ts';

/**
 * The program that looks for secrets in all files below the folder in which it is run, but for those that
 * `.secretlintignore` there names. It ends with 1 if it finds any.
 */
export const SECRET_SCAN = {
  command: bin('secretlint'),
  args: ['--no-color', '--secretlintrc', join(repositoryDir, '.secretlintrc.json'), '**/*'],
} as const;

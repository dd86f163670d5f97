/**
 * Known holes in what we depend on, of severity high or critical, from the registry's advisories. A registry that
 * offers no advisories (a mirror, or no network) is said so and is no failure: the check says nothing then.
 */
import { spawnSync } from 'node:child_process';
import { repositoryDir } from '../paths.ts';
import { bin } from './run.ts';

/** An answer takes seconds; a network that swallows packets must not hold the check. */
const TIMEOUT_MS = 60_000;

const audit = spawnSync(bin('pnpm'), ['audit', '--audit-level', 'high'], {
  cwd: repositoryDir,
  encoding: 'utf8',
  timeout: TIMEOUT_MS,
});
const said = `${audit.stdout}${audit.stderr}`;
const isAnswered =
  audit.error === undefined && !said.includes('ERR_PNPM_AUDIT') && !said.includes('ERR_PNPM_META_FETCH');
if (isAnswered) {
  console.log(said.trim());
  process.exitCode = audit.status ?? 1;
} else {
  console.log('Not checked: this registry offers no advisories.');
}

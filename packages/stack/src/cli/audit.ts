/**
 * Known holes in what we depend on, of severity high or critical, from the registry's advisories. A registry that
 * offers no advisories (a mirror) or does not answer (no network) is said so and is no failure: the check says nothing then.
 */
import { auditDependencies } from '../audit.ts';
import { bin } from './run.ts';

const audit = await auditDependencies({ pnpm: bin('pnpm'), timeoutMs: 60_000 });
console.log(audit.kind === 'not_checked' ? `Not checked: ${audit.reason}.` : audit.report);
process.exitCode = audit.kind === 'holes' ? 1 : 0;

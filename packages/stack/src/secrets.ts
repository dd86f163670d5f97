import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './files.ts';

/** What the local stack invents once and keeps, so that sessions and keys survive a restart. */
export interface StackSecrets {
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly serviceKey: string;
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly webhookSecret: string;
}

/** Reads the secrets of a data folder, making those that are not there yet. Readable by the owner only. */
export function loadSecrets(dataDir: string): StackSecrets {
  const path = join(dataDir, 'secrets.json');
  const kept: Partial<StackSecrets> = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const secrets: StackSecrets = {
    jwtSecret: randomBytes(48).toString('base64url'),
    publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
    serviceKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    adminUser: 'admin',
    adminPassword: randomBytes(12).toString('base64url'),
    webhookSecret: randomBytes(32).toString('hex'),
    ...kept,
  };
  writeAtomically(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './files.ts';

export interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly tier: string;
  readonly role: 'user' | 'admin';
  readonly userId: string;
}

export type ProcessName = 'web' | 'worker' | 'redis' | 'postgres' | 'supabase';

/** How to reach a running stack (contract §9). There only while everything is up. */
export interface StackFile {
  readonly webUrl: string;
  /** The worker's admin server, with Bull Board at /admin/queues. */
  readonly adminUrl: string;
  readonly supabaseUrl: string;
  /** Null with a hosted Supabase whose DATABASE_URL was not given. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string;
  readonly publishableKey: string;
  readonly serviceKey: string;
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly demoUsers: readonly DemoUser[];
  /** Null: not ours (hosted), or being started again. */
  readonly pids: Readonly<Record<ProcessName, number | null>>;
}

const pathIn = (dataDir: string): string => join(dataDir, 'stack.json');

export function writeStackFile(dataDir: string, stack: StackFile): void {
  writeAtomically(pathIn(dataDir), `${JSON.stringify(stack, null, 2)}\n`);
}

export function removeStackFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

/** @throws when nothing is running on this data folder. */
export function readStackFile(dataDir: string): StackFile {
  if (!existsSync(pathIn(dataDir))) throw new Error(`Nothing is running on ${dataDir}: start it with "npm start"`);
  return JSON.parse(readFileSync(pathIn(dataDir), 'utf8'));
}

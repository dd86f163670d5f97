import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { type Child, waitUntilReady } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';
import type { StackSecrets } from '../secrets.ts';

const READY_TIMEOUT_MS = 60_000;
/** Access tokens live an hour, as on hosted Supabase by default. */
const TOKEN_LIFETIME_S = 3600;

export interface SupabaseOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly migrationsDir: string;
  readonly secrets: StackSecrets;
  /** Where links in mails lead. */
  readonly siteUrl: string;
  /** New addresses must be confirmed by a mail first. */
  readonly confirmEmails: boolean;
  /** False makes hashes of passwords quick to make, and to guess: for throw-away data only. */
  readonly durable: boolean;
}

export const supabaseUrl = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * Applies the migrations that the database has not seen. They are recorded in
 * `supabase_migrations.schema_migrations`, as the Supabase CLI does it. Needs the folder that `writeProject` makes.
 */
export async function migrate(nursery: Nursery, options: SupabaseOptions): Promise<void> {
  const child = await nursery.spawn({ name: 'migrate', ...lite(options, ['migration', 'up']) });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`The migrations could not be applied:\n${child.tail()}`);
}

/** Starts the Supabase API (auth, REST, storage) on 127.0.0.1. Needs the folder that `writeProject` makes. */
export async function startSupabase(nursery: Nursery, options: SupabaseOptions): Promise<Child> {
  const child = await nursery.spawn({
    name: 'supabase',
    ...lite(options, ['start', '--no-admin']),
    stopTimeoutMs: 1_500,
  });
  const health = `${supabaseUrl(options.port)}/auth/v1/health`;
  const probe = async () => {
    const headers = { apikey: options.secrets.publishableKey };
    return (await fetch(health, { headers, signal: AbortSignal.timeout(2_000) })).ok;
  };
  await waitUntilReady(child, probe, READY_TIMEOUT_MS);
  return child;
}

/** The least that bcrypt knows; a hash takes a tenth of a second of processor time at the API's own 10. */
const QUICK_HASHES = { LITE_AUTH_BCRYPT_COST: '4' };

function lite({ dataDir, durable }: SupabaseOptions, words: readonly string[]) {
  const manifest = findPackageJSON('@supabase/lite', import.meta.url);
  if (manifest === undefined) throw new Error('@supabase/lite is not installed');
  return {
    command: process.execPath,
    args: [join(dirname(manifest), 'dist/cli/index.js'), ...words, '--config', 'supabase/config.toml'],
    cwd: dataDir,
    env: {
      ...process.env,
      ...{ LITE_TELEMETRY: '0', DO_NOT_TRACK: '1', EXPERIMENTAL_STORAGE: '1', NO_COLOR: '1' },
      ...(durable ? {} : QUICK_HASHES),
    },
  };
}

/** The API's configuration. Its keys differ from the Supabase CLI's, so it is a folder of its own, with the same migrations. */
export function writeProject(options: SupabaseOptions): void {
  const { dataDir, port, databaseUrl, migrationsDir, secrets, siteUrl, confirmEmails } = options;
  const folder = join(dataDir, 'supabase');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(join(folder, 'migrations'), { recursive: true, force: true });
  cpSync(migrationsDir, join(folder, 'migrations'), {
    recursive: true,
    filter: (path) => path === migrationsDir || path.endsWith('.sql'),
  });
  const config = `
[api]
port = ${port}
max_rows = 1000

[db]
driver = "postgres"
url = "${databaseUrl}"

[auth]
enabled = true
jwt_secret = "${secrets.jwtSecret}"
jwt_expiry = ${TOKEN_LIFETIME_S}
enable_signup = true
site_url = "${siteUrl}"
publishable_key = "${secrets.publishableKey}"
secret_key = "${secrets.serviceKey}"

[auth.email]
enable_signup = true
enable_confirmations = ${confirmEmails}

[auth.email.template.recovery]
subject = "${linkSubject('recovery')}"

[auth.email.template.confirmation]
subject = "${linkSubject('signup')}"

[storage]
enabled = true
file_size_limit = "100MiB"
`;
  writeFileSync(join(folder, 'config.toml'), config, { mode: 0o600 });
}

/**
 * Mails are printed, not sent, and of a template only the subject is: so the link stands there. The text that is printed
 * under it cannot be changed; its own link leads nowhere, as it hands the session to scripts.
 */
function linkSubject(type: 'recovery' | 'signup'): string {
  return `{{ .SiteURL }}/auth/confirm?token_hash={{ .TokenHash }}&type=${type}`;
}

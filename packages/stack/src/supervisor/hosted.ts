import type { HostedSupabase } from './config.ts';

const TIMEOUT_MS = 5_000;

/**
 * Says what to do where a hosted project has not our tables and functions: nobody applies migrations to a database of
 * others by starting a program. One that does not answer is left to the apps, which wait for it.
 *
 * @throws Error with the command that makes them.
 */
export async function requireSchema({ supabaseUrl, serviceKey }: HostedSupabase): Promise<void> {
  const response = await fetch(`${supabaseUrl}/rest/v1/rpc/load_generation`, {
    method: 'POST',
    headers: { apikey: serviceKey, authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ p_generation_id: 'nobody' }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response?.status !== 404) return;
  throw new Error(
    `The database of ${supabaseUrl} has not the tables and functions of MegaCampus. Make them first, as its owner:\n` +
      '  npx --yes supabase@3 db push --db-url "postgresql://postgres:…@…:5432/postgres"',
  );
}

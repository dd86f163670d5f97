import type { HostedSupabase } from './config.ts';

const TIMEOUT_MS = 5_000;

/** The function that the newest migration with a new one makes, called so that it changes nothing: a test holds its name. */
export const NEWEST_FUNCTION = {
  name: 'withdraw_upload',
  args: { p_user_id: '00000000-0000-0000-0000-000000000000', p_path: '' },
};

/**
 * Says what to do where a hosted project has not our tables and functions, or not the newest: nobody applies migrations to a
 * database of others by starting a program. One that does not answer is left to the apps, which wait for it.
 *
 * @throws Error with the command that makes them.
 */
export async function requireSchema({ supabaseUrl, serviceKey }: HostedSupabase): Promise<void> {
  const response = await fetch(`${supabaseUrl}/rest/v1/rpc/${NEWEST_FUNCTION.name}`, {
    method: 'POST',
    headers: { apikey: serviceKey, authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(NEWEST_FUNCTION.args),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response?.status !== 404) return;
  throw new Error(
    `The database of ${supabaseUrl} has not all tables and functions of this version. Make them first, as its owner:\n` +
      '  npx --yes supabase@3 db push --db-url "postgresql://postgres:…@…:5432/postgres"',
  );
}

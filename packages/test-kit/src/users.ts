import { randomUUID } from 'node:crypto';
import { type Brief, briefSchema } from '@megacampus/domain/course';
import { makeSlug } from '@megacampus/domain/slug';
import type { Tier } from '@megacampus/domain/tiers';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';

export interface TestUser {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly tier: Tier;
  readonly role: 'user' | 'admin';
}

export interface TestCourse {
  readonly id: string;
  readonly slug: string;
}

const PASSWORD = 'correct-horse-battery';

/** A client without a stored session, with the rights of `key`, or of the user whose token is given. */
export function clientFor(stack: StackAddresses, key: string, accessToken?: string): SupabaseClient {
  return createClient(stack.supabaseUrl, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    ...(accessToken === undefined ? {} : { global: { headers: { Authorization: `Bearer ${accessToken}` } } }),
  });
}

/** Signs a new person up through the API, then gives them their tier and role as only the server can. */
export async function signUp(
  stack: StackAddresses,
  tier: Tier = 'FREE',
  { role = 'user', email = `${randomUUID()}@test.megacampus.test` }: { role?: 'user' | 'admin'; email?: string } = {},
): Promise<TestUser> {
  const { data, error } = await clientFor(stack, stack.publishableKey).auth.signUp({ email, password: PASSWORD });
  if (error !== null) throw error;
  if (data.user === null || data.session === null) throw new Error('Signing up gave no session');
  const userId = data.user.id;
  const profile = await clientFor(stack, stack.serviceKey)
    .from('user_profiles')
    .update({ tier, role })
    .eq('id', userId)
    .select('id')
    .single();
  if (profile.error !== null) throw profile.error;
  return { userId, email, password: PASSWORD, accessToken: data.session.access_token, tier, role };
}

/** A course with a brief and nothing else. */
export async function createCourse(
  stack: StackAddresses,
  user: Pick<TestUser, 'userId'>,
  brief: Partial<Brief> = {},
): Promise<TestCourse> {
  const whole = briefSchema.parse({ title: 'A test course', ...brief });
  const slug = makeSlug(whole.title, randomUUID().slice(0, 8));
  const { data, error } = await clientFor(stack, stack.serviceKey)
    .from('courses')
    .insert({ ...whole, user_id: user.userId, slug })
    .select('id, slug')
    .single();
  if (error !== null) throw error;
  return data;
}

/** Deletes a person as the auth server would, with all that is theirs. Their tokens stay good until they expire. */
export async function deleteUser(stack: StackAddresses, { userId }: Pick<TestUser, 'userId'>): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    await client.query('DELETE FROM auth.users WHERE id = $1', [userId]);
  } finally {
    await client.end();
  }
}

import { createHash, randomUUID } from 'node:crypto';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import pg from 'pg';

/** The link for a new password that was last mailed to this address is older than the hour it is good for. */
export async function letLinkExpire(stack: StackAddresses, email: string): Promise<void> {
  const old = "UPDATE auth.users SET recovery_sent_at = now() - interval '61 minutes' WHERE email = $1";
  await changeOneRow(stack, old, [email]);
}

/**
 * What hosted Supabase does when the link of its default mail is opened: a code, which only the browser that has the
 * verifier can redeem. The local server mails no such links, but redeems their codes.
 */
export async function issueCode(stack: StackAddresses, email: string, verifier: string): Promise<string> {
  const code = randomUUID();
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  await changeOneRow(
    stack,
    `INSERT INTO auth.flow_state (id, user_id, auth_code, code_challenge, code_challenge_method, authentication_method,
       provider_type, created_at, updated_at)
     SELECT gen_random_uuid(), id, $1, $2, 's256', 'recovery', 'email', now(), now() FROM auth.users WHERE email = $3`,
    [code, challenge, email],
  );
  return code;
}

async function changeOneRow(stack: StackAddresses, sql: string, values: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(sql, [...values]);
    if (rowCount !== 1) throw new Error(`${rowCount} rows were changed, not one`);
  } finally {
    await client.end();
  }
}

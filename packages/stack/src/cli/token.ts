/** `pnpm token <email> [password]`: prints an access token for curl, and nothing else. Demo users need no password. */
import { createClient } from '@supabase/supabase-js';
import { dataDirOf } from '../paths.ts';
import { readStackFile } from '../stack-file.ts';

try {
  const [email, given] = process.argv.slice(2);
  if (email === undefined) throw new Error('Usage: pnpm token <email> [password]');
  const stack = readStackFile(dataDirOf(process.env));
  const password = given ?? stack.demoUsers.find((user) => user.email === email)?.password;
  if (password === undefined) throw new Error(`${email} is not a demo user: give the password as well`);
  const options = { auth: { persistSession: false, autoRefreshToken: false } };
  const client = createClient(stack.supabaseUrl, stack.publishableKey, options);
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error !== null) throw error;
  console.log(data.session.access_token);
} catch (err) {
  console.error(err instanceof Error ? err.message : err);
  process.exitCode = 1;
}

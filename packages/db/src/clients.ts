import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types.ts';

export { must } from './must.ts';

export type DbClient = SupabaseClient<Database>;

interface ClientOptions {
  readonly url: string;
  readonly key: string;
  /** Longest wait for one answer of the REST or auth API. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/** Files are up to 100 MB: at 2 MB/s that takes less than a minute. */
const STORAGE_TIMEOUT_MS = 60_000;

/** A client with all rights; for the server only. */
export function createServiceClient(options: ClientOptions): DbClient {
  return connect(options);
}

/** A client with the rights of one user, by row-level security. `key` is the publishable one. */
export function createUserClient(options: ClientOptions & { readonly accessToken: string }): DbClient {
  return connect(options, { Authorization: `Bearer ${options.accessToken}` });
}

function connect({ url, key, timeoutMs = TIMEOUT_MS }: ClientOptions, headers: Record<string, string> = {}): DbClient {
  return createClient<Database>(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Its own retries would outlast our deadlines; who may try again decides that for itself.
    db: { retry: false },
    global: { headers, fetch: fetchWithin(timeoutMs) },
  });
}

/** A fetch that never waits for ever, whatever signal the caller gives as well. */
function fetchWithin(timeoutMs: number): typeof fetch {
  return (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const deadline = AbortSignal.timeout(address.includes('/storage/v1/') ? STORAGE_TIMEOUT_MS : timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    return fetch(input, { ...init, signal });
  };
}

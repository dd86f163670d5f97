import { Fault } from '@megacampus/domain/errors';
import type { z } from 'zod';
import type { DbClient } from './clients.ts';
import type { Database } from './database.types.ts';
import { must } from './must.ts';

type Functions = Database['public']['Functions'];

/** Every call may be given up by its caller; the call then rejects with the signal's reason. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Arguments as the database takes them: jsonb takes any value, and every parameter takes NULL. */
type Args<F extends keyof Functions> = { [K in keyof Functions[F]['Args']]: unknown };

/** Calls one of our functions and checks its answer. @throws UnavailableFault, Fault */
export type Rpc = <F extends keyof Functions, T>(
  name: F,
  args: Args<F>,
  schema: z.ZodType<T>,
  options?: CallOptions,
) => Promise<T>;

export function createRpc(client: DbClient): Rpc {
  return async (name, args, schema, { signal } = {}) => {
    const call = client.rpc(name, args as Functions[typeof name]['Args']);
    const result = await (signal ? call.abortSignal(signal) : call);
    if (result.error !== null) signal?.throwIfAborted();
    return parseAnswer(name, must(result, 'database'), schema);
  };
}

/** What the database answered, checked. @throws Fault where it has another shape than `schema`. */
export function parseAnswer<T>(name: string, answer: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Fault('internal', `database: ${name} answered in an unknown shape`, {
    retry: false,
    context: { issues: parsed.error.issues.slice(0, 5) },
    cause: parsed.error,
  });
}

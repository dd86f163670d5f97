import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { must } from './must.ts';
import type { CallOptions } from './rpc.ts';

const GLOBAL_LIMIT = 'global_concurrency_limit';
const limitSchema = z.number().int().positive();

/** The admin's bound on generations in flight. */
export function settingsCalls(client: DbClient) {
  return {
    /** Null when none is set. */
    async globalLimit({ signal }: CallOptions = {}): Promise<number | null> {
      const query = client.from('settings').select('value').eq('key', GLOBAL_LIMIT);
      const result = await (signal ? query.abortSignal(signal) : query).maybeSingle();
      if (result.error !== null) signal?.throwIfAborted();
      return limitSchema.nullable().parse(must(result, 'database')?.value ?? null);
    },

    /** @throws RangeError for anything but a positive whole number, before the database is asked. */
    async setGlobalLimit(limit: number, { signal }: CallOptions = {}): Promise<void> {
      if (!limitSchema.safeParse(limit).success) throw new RangeError(`not a positive whole number: ${limit}`);
      const write = client.from('settings').upsert({ key: GLOBAL_LIMIT, value: limit });
      const result = await (signal ? write.abortSignal(signal) : write);
      if (result.error !== null) signal?.throwIfAborted();
      must(result, 'database');
    },
  };
}

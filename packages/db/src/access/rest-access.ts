import type { DbClient } from '../clients.ts';
import { must } from '../must.ts';
import { createRpc, parseAnswer } from '../rpc.ts';
import type { Access } from './access.ts';

/** Through the REST API: works wherever Supabase does. */
export function createRestAccess(client: DbClient): Access {
  return {
    rpc: createRpc(client),
    async findById(view, id, schema, { signal } = {}) {
      const read = client.from(view).select('*').eq('id', id);
      const result = await (signal ? read.abortSignal(signal) : read).maybeSingle();
      if (result.error !== null) signal?.throwIfAborted();
      return parseAnswer(view, must(result, 'database'), schema.nullable());
    },
  };
}

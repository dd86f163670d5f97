import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const stackFileSchema = z.object({ redisUrl: z.string(), supabaseUrl: z.string(), serviceKey: z.string() });

/**
 * The environment, completed by the `stack.json` of a local stack that runs: so that commands work beside
 * `npm start` with nothing set. Variables that are set win.
 */
export function readCliEnv(source: NodeJS.ProcessEnv = process.env): Record<string, string | undefined> {
  const file = join(resolve(repositoryDir, source['MEGACAMPUS_DATA_DIR'] || '.local'), 'stack.json');
  if (!existsSync(file)) return source;
  const stack = stackFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const hasKey = source['SUPABASE_SERVICE_ROLE_KEY'] || source['SUPABASE_SECRET_KEY'];
  return {
    ...source,
    REDIS_URL: source['REDIS_URL'] || stack.redisUrl,
    SUPABASE_URL: source['SUPABASE_URL'] || stack.supabaseUrl,
    ...(hasKey ? {} : { SUPABASE_SERVICE_ROLE_KEY: stack.serviceKey }),
  };
}

const repositoryDir = resolve(import.meta.dirname, '../../../..');

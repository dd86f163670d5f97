import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import { LOG_LEVELS } from '@megacampus/log';
import { isRedisUrl } from '@megacampus/queue/redis-url';
import { z } from 'zod';

/** A bounded whole number; a bad one is an error, never "no limit". */
function wholeNumber(fallback: number, max: number) {
  return z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(1).max(max))
    .default(fallback);
}

const httpUrl = z.url({ protocol: /^https?$/ });
const redisUrl = z
  .string()
  .refine(isRedisUrl, 'must be a redis:// address, or redis+cluster:// with the nodes of a cluster');

const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  APP_VERSION: z.string().default('dev'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  /** As the server reaches Supabase; may be an address inside a private network. */
  SUPABASE_URL: httpUrl,
  /** As browsers reach it. Also names the session cookie, so both clients must use it. */
  NEXT_PUBLIC_SUPABASE_URL: httpUrl,
  publishableKey: z.string({ error: 'NEXT_PUBLIC_SUPABASE_ANON_KEY (or …_PUBLISHABLE_KEY) is required' }).min(20),
  secretKey: z.string({ error: 'SUPABASE_SERVICE_ROLE_KEY (or SUPABASE_SECRET_KEY) is required' }).min(20),
  /** The server then asks the database straight, where that is faster. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Verifies HS256 tokens without a round trip. */
  SUPABASE_JWT_SECRET: z.string().min(32).optional(),
  /** The secret key as the worker reads it: both sign with a key derived from it. */
  workerKey: z.string(),
  /** Where browsers reach the worker's pages; unless given, on this host at ADMIN_PORT. */
  ADMIN_URL: httpUrl.optional(),
  ADMIN_PORT: wholeNumber(3001, 65_535),
  REDIS_URL: redisUrl,
  GLOBAL_CONCURRENCY_LIMIT: wholeNumber(3, GLOBAL_LIMIT.max),
  /** How many proxies of ours stand before the web app, each of which adds to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Multiplies the limits on how often somebody may try (http/rate-limits.ts). */
  RATE_LIMIT_FACTOR: wholeNumber(1, 100_000),
  /** Where traces are sent; OpenTelemetry reads this and its other OTEL_* variables itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** Whoever shows it may read /api/metrics; without it nobody may. */
  METRICS_TOKEN: z.string().min(16).optional(),
  WEBHOOK_ALLOW_PRIVATE: z.stringbool().default(false),
  /** The worker signs webhooks with it; without it none are sent, and none are accepted. */
  WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
});
export type Env = z.infer<typeof envSchema>;

/**
 * Reads the configuration (contract §8). The whole of `process.env` is read at run time: naming a NEXT_PUBLIC_
 * variable in the source would bake its value into the build.
 *
 * @throws Error that lists every problem at once.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse({
    ...given,
    NEXT_PUBLIC_SUPABASE_URL: given['NEXT_PUBLIC_SUPABASE_URL'] ?? given['SUPABASE_URL'],
    SUPABASE_URL: given['SUPABASE_URL'] ?? given['NEXT_PUBLIC_SUPABASE_URL'],
    publishableKey: given['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY'] ?? given['NEXT_PUBLIC_SUPABASE_ANON_KEY'],
    secretKey: given['SUPABASE_SECRET_KEY'] ?? given['SUPABASE_SERVICE_ROLE_KEY'],
    workerKey: (given['SUPABASE_SERVICE_ROLE_KEY'] ?? given['SUPABASE_SECRET_KEY'] ?? '').trim(),
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration has problems:\n${problems.join('\n')}`);
}

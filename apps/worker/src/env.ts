import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import { LOG_LEVELS, type LogLevel } from '@megacampus/log';
import { isRedisUrl } from '@megacampus/queue/redis-url';
import { z } from 'zod';
import { type AiEnv, aiEnvOf, aiProblems, aiVariables } from './ai-env.ts';
import { blankIsUnset, flag, optional, wholeNumber } from './env-values.ts';

const variables = z.object({
  REDIS_URL: z.preprocess(blankIsUnset, z.string('is required').refine(isRedisUrl, 'must be a redis:// address')),
  SUPABASE_URL: z.preprocess(
    blankIsUnset,
    z.string('is required').regex(/^https?:\/\/\S+$/, 'must be an http(s) address'),
  ),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must be a postgres:// address')),
  GLOBAL_CONCURRENCY_LIMIT: wholeNumber(GLOBAL_LIMIT.max, 3),
  WORKER_CONCURRENCY: wholeNumber(1_000, 4),
  ADMIN_PORT: wholeNumber(65_535, 3001),
  ADMIN_USER: optional(z.string()),
  ADMIN_PASSWORD: optional(z.string()),
  WEBHOOK_SECRET: optional(z.string().min(16, 'must have at least 16 characters')),
  WEBHOOK_ALLOW_PRIVATE: flag(false),
  LOG_LEVEL: z.preprocess(blankIsUnset, z.enum(LOG_LEVELS).default('info')),
  NODE_ENV: z.preprocess(blankIsUnset, z.enum(['development', 'test', 'production']).default('production')),
  APP_VERSION: z.preprocess(blankIsUnset, z.string().default('dev')),
  /** Where traces are sent; OpenTelemetry reads this and its other OTEL_* variables itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url('must be an http(s) address')),
  ...aiVariables,
});

export interface WorkerEnv {
  readonly redisUrl: string;
  readonly supabaseUrl: string;
  readonly serviceKey: string;
  /** Null: the database is asked through the REST API only. */
  readonly databaseUrl: string | null;
  /** Generations in flight over all users, unless an admin has set another number while running. */
  readonly defaultGlobalLimit: number;
  /** Jobs this process runs at once. */
  readonly concurrency: number;
  readonly admin: { readonly port: number; readonly credentials: Credentials | null };
  /** Null: webhooks are not delivered from this process. */
  readonly webhook: { readonly secret: string | null; readonly allowPrivate: boolean };
  /** Null: courses are made by the extractive engine. */
  readonly ai: AiEnv | null;
  /** Whether what happens is traced. */
  readonly isTraced: boolean;
  readonly logLevel: LogLevel;
  readonly nodeEnv: 'development' | 'test' | 'production';
  readonly version: string;
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Reads the configuration. Throws one error that lists every problem, so that one start shows them all. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): WorkerEnv {
  const parsed = variables.safeParse(source);
  const problems = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
  const serviceKey = source['SUPABASE_SERVICE_ROLE_KEY']?.trim() || source['SUPABASE_SECRET_KEY']?.trim();
  if (!serviceKey) problems.push('SUPABASE_SERVICE_ROLE_KEY (or SUPABASE_SECRET_KEY): is required');
  if (Boolean(source['ADMIN_USER']?.trim()) !== Boolean(source['ADMIN_PASSWORD']?.trim())) {
    problems.push('ADMIN_USER and ADMIN_PASSWORD: set both or neither');
  }
  problems.push(...aiProblems(source));
  if (!parsed.success || !serviceKey || problems.length > 0) {
    throw new Error(`Bad configuration of the worker:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
  const env = parsed.data;
  return {
    redisUrl: env.REDIS_URL,
    supabaseUrl: env.SUPABASE_URL,
    serviceKey,
    databaseUrl: env.DATABASE_URL ?? null,
    defaultGlobalLimit: env.GLOBAL_CONCURRENCY_LIMIT,
    concurrency: env.WORKER_CONCURRENCY,
    admin: {
      port: env.ADMIN_PORT,
      credentials: env.ADMIN_USER && env.ADMIN_PASSWORD ? { user: env.ADMIN_USER, password: env.ADMIN_PASSWORD } : null,
    },
    webhook: { secret: env.WEBHOOK_SECRET ?? null, allowPrivate: env.WEBHOOK_ALLOW_PRIVATE },
    ai: aiEnvOf(env),
    isTraced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    logLevel: env.LOG_LEVEL,
    nodeEnv: env.NODE_ENV,
    version: env.APP_VERSION,
  };
}

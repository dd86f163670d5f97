import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDir } from '../paths.ts';

/** What both apps are told (contract §8). */
export interface AppAddresses {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  readonly serviceKey: string;
  /** Null: tokens are verified by asking the server. */
  readonly jwtSecret: string | null;
  /** Null: the apps reach the database through the REST API only. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string;
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly webhookSecret: string;
}

export interface AppPorts {
  readonly web: number;
  readonly admin: number;
}

/**
 * The environment of the web app and the worker: the variables given, and over them where this stack's servers
 * are. An admin sign-in or webhook secret that is given wins over the generated one.
 */
export function appEnv(given: NodeJS.ProcessEnv, stack: AppAddresses, ports: AppPorts): NodeJS.ProcessEnv {
  const chosenAdmin = Boolean(given['ADMIN_USER'] && given['ADMIN_PASSWORD']);
  const { version } = JSON.parse(readFileSync(join(repositoryDir, 'package.json'), 'utf8')) as { version: string };
  return {
    ...given,
    SUPABASE_URL: stack.supabaseUrl,
    SUPABASE_SERVICE_ROLE_KEY: stack.serviceKey,
    SUPABASE_SECRET_KEY: stack.serviceKey,
    NEXT_PUBLIC_SUPABASE_URL: given['NEXT_PUBLIC_SUPABASE_URL'] || stack.supabaseUrl,
    NEXT_PUBLIC_SUPABASE_ANON_KEY: stack.publishableKey,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    ...(stack.jwtSecret === null ? {} : { SUPABASE_JWT_SECRET: stack.jwtSecret }),
    DATABASE_URL: stack.databaseUrl ?? '',
    REDIS_URL: stack.redisUrl,
    ADMIN_PORT: String(ports.admin),
    ADMIN_USER: chosenAdmin ? given['ADMIN_USER'] : stack.adminUser,
    ADMIN_PASSWORD: chosenAdmin ? given['ADMIN_PASSWORD'] : stack.adminPassword,
    WEBHOOK_SECRET: given['WEBHOOK_SECRET'] || stack.webhookSecret,
    WEB_PORT: String(ports.web),
    PORT: String(ports.web),
    APP_VERSION: given['APP_VERSION'] || version,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

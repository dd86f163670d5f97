import type { StackPorts } from '../local-stack.ts';
import { dataDirOf } from '../paths.ts';

export interface HostedSupabase {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  readonly serviceKey: string;
  readonly jwtSecret: string | null;
  readonly databaseUrl: string | null;
}

export interface SupervisorConfig {
  readonly dataDir: string;
  readonly ports: StackPorts & { readonly web: number; readonly admin: number };
  /** Takes the place of the local Postgres and Supabase API. */
  readonly hostedSupabase: HostedSupabase | null;
  /** Takes the place of the local Redis. */
  readonly redisUrl: string | null;
  /** Everything that the local servers print, not only what matters. */
  readonly verbose: boolean;
}

/** The variable that sets each port, and its default (contract §8). */
export const PORT_VARIABLES = {
  web: { variable: 'WEB_PORT', fallback: 3000 },
  admin: { variable: 'ADMIN_PORT', fallback: 3001 },
  supabase: { variable: 'SUPABASE_PORT', fallback: 54321 },
  postgres: { variable: 'POSTGRES_PORT', fallback: 54322 },
  redis: { variable: 'REDIS_PORT', fallback: 6379 },
} as const;

type PortName = keyof typeof PORT_VARIABLES;

/** Reads the supervisor's own variables; throws one error that lists every problem. */
export function readConfig(env: NodeJS.ProcessEnv): SupervisorConfig {
  const problems: string[] = [];
  const ports = Object.fromEntries(
    Object.entries(PORT_VARIABLES).map(([name, { variable, fallback }]) => {
      const text = env[variable];
      const port = text === undefined || text === '' ? fallback : Number(text);
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        problems.push(`${variable} is ${JSON.stringify(text)}, which is not a port (1–65535)`);
      }
      return [name, port];
    }),
  ) as Record<PortName, number>;
  problems.push(...samePorts(ports));
  const hostedSupabase = readHosted(env, problems);
  if (problems.length > 0) throw new Error(`The configuration has problems:\n  ${problems.join('\n  ')}`);
  return {
    dataDir: dataDirOf(env),
    ports,
    hostedSupabase,
    redisUrl: env['REDIS_URL'] || null,
    verbose: ['debug', 'trace'].includes(env['LOG_LEVEL'] ?? ''),
  };
}

function samePorts(ports: Record<PortName, number>): string[] {
  const byPort = Map.groupBy(Object.keys(ports) as PortName[], (name) => ports[name]);
  return [...byPort]
    .filter(([, names]) => names.length > 1)
    .map(([port, names]) => `${names.map((name) => PORT_VARIABLES[name].variable).join(' and ')} are both ${port}`);
}

function readHosted(env: NodeJS.ProcessEnv, problems: string[]): HostedSupabase | null {
  const supabaseUrl = env['SUPABASE_URL'] || env['NEXT_PUBLIC_SUPABASE_URL'];
  if (!supabaseUrl) return null;
  const serviceKey = env['SUPABASE_SERVICE_ROLE_KEY'] || env['SUPABASE_SECRET_KEY'];
  const publishableKey = env['NEXT_PUBLIC_SUPABASE_ANON_KEY'] || env['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY'];
  if (!serviceKey)
    problems.push('SUPABASE_URL is set, so SUPABASE_SERVICE_ROLE_KEY (or SUPABASE_SECRET_KEY) is needed');
  if (!publishableKey) {
    problems.push(
      'SUPABASE_URL is set, so NEXT_PUBLIC_SUPABASE_ANON_KEY (or NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY) is needed',
    );
  }
  return {
    supabaseUrl,
    serviceKey: serviceKey ?? '',
    publishableKey: publishableKey ?? '',
    jwtSecret: env['SUPABASE_JWT_SECRET'] || null,
    databaseUrl: env['DATABASE_URL'] || null,
  };
}

/** The ports that this run will listen on itself. */
export function ownPorts({ ports, hostedSupabase, redisUrl }: SupervisorConfig): [PortName, number][] {
  const names: PortName[] = ['web', 'admin'];
  if (hostedSupabase === null) names.push('supabase', 'postgres');
  if (redisUrl === null) names.push('redis');
  return names.map((name) => [name, ports[name]]);
}

import { expect, test } from 'vitest';
import { ownPorts, readConfig } from './config.ts';

test('without variables the ports are those of the contract', () => {
  const config = readConfig({});
  expect(config.ports).toEqual({ web: 3000, admin: 3001, supabase: 54321, postgres: 54322, redis: 6379 });
  expect(ownPorts(config).map(([name]) => name)).toEqual(['web', 'admin', 'supabase', 'postgres', 'redis']);
});

test('every problem is told at once', () => {
  const read = () => readConfig({ WEB_PORT: 'http', REDIS_PORT: '70000', SUPABASE_URL: 'https://x.supabase.co' });
  expect(read).toThrow(/WEB_PORT/);
  expect(read).toThrow(/REDIS_PORT/);
  expect(read).toThrow(/SUPABASE_SERVICE_ROLE_KEY/);
  expect(read).toThrow(/NEXT_PUBLIC_SUPABASE_ANON_KEY/);
});

test('two servers on one port are a problem', () => {
  expect(() => readConfig({ WEB_PORT: '3001' })).toThrow('WEB_PORT and ADMIN_PORT are both 3001');
});

test('a hosted Supabase and an existing Redis take the place of the local ones', () => {
  const config = readConfig({
    SUPABASE_URL: 'https://x.supabase.co',
    SUPABASE_SECRET_KEY: 'sb_secret_x',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
    REDIS_URL: 'redis://cache:6379',
  });
  expect(config.hostedSupabase).toMatchObject({ serviceKey: 'sb_secret_x', publishableKey: 'sb_publishable_x' });
  expect(config.redisUrl).toBe('redis://cache:6379');
  expect(ownPorts(config).map(([name]) => name)).toEqual(['web', 'admin']);
});

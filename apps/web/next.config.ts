import { resolve } from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  // The local stack builds into a folder of its own per state of the sources, so that a running server is
  // never rebuilt under its feet. Relative to this folder.
  distDir: process.env['NEXT_DIST_DIR'] ?? '.next',
  // `route.bench.ts` is a route only in the build that `pnpm bench` makes for itself.
  pageExtensions: [...(process.env['MEGACAMPUS_BENCH_ROUTES'] === '1' ? ['bench.ts'] : []), 'tsx', 'ts'],
  // Workspace packages export TypeScript source.
  transpilePackages: [
    '@megacampus/db',
    '@megacampus/domain',
    '@megacampus/log',
    '@megacampus/orchestrator',
    '@megacampus/queue',
    '@megacampus/tracing',
  ],
  // Loaded by Node as they are: the first four load files or threads of their own by path, which a bundle would
  // break; the others would be in the bundle of every route, and be compiled and minified once for each.
  serverExternalPackages: [
    'bullmq',
    'bullmq-otel',
    '@opentelemetry/instrumentation-undici',
    '@opentelemetry/sdk-node',
    'ioredis',
    'pino',
    'pino-pretty',
    '@supabase/ssr',
    '@supabase/supabase-js',
    'jose',
    'pg',
    'zod',
  ],
  turbopack: { root: resolve(import.meta.dirname, '../..') },
  // Types are checked once for the whole workspace by `pnpm check`; a second time here would slow every start.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // No body of ours that passes the proxy is larger: documents go from the browser straight to the storage.
    proxyClientMaxBodySize: '1mb',
    // The next three halve the time of a build, which a newcomer waits for: server code that is not minified also has
    // readable stacks without maps, and a cache is of no use to a folder that is built once.
    serverMinification: false,
    turbopackSourceMaps: false,
    turbopackFileSystemCacheForBuild: false,
  },
  poweredByHeader: false,
  // Nothing here is an image to be made smaller; the route that does that fetches what it is told to.
  images: { unoptimized: true },
  reactStrictMode: true,
};

/** Messages are compiled with the build, so that no page brings a parser for them. */
const withMessages = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  experimental: { messages: { path: './src/i18n/messages', locales: 'infer', format: 'json', precompile: true } },
});

export default withMessages(config);

import { type ModelServer, type ModelServerOptions, startModelServer } from '@megacampus/test-kit/model-server';
import { onTestFinished } from 'vitest';
import type { EngineContext, ModelUsage } from '../../engine.ts';
import { createModelEngine, type ModelEngineOptions } from '../model-engine.ts';
import type { Limiter } from '../requester.ts';

export const TEST_KEY = 'sk-test-0123456789';

/** No limit, as one process of a test needs none. */
const noLimit: Limiter = { run: (signal, work) => work(signal) };

export interface ModelLab {
  readonly server: ModelServer;
  readonly engine: ReturnType<typeof createModelEngine>;
  readonly usage: ModelUsage[];
  readonly logged: { readonly fields: object; readonly message: string }[];
  /** A context with a meter of its own, that counts what every call of this lab used. */
  context(signal?: AbortSignal): EngineContext;
}

/** A model server and an engine that talks to it, with short pauses; closed after the test. */
export async function modelLab(
  options: Partial<ModelEngineOptions> = {},
  serverOptions: ModelServerOptions = {},
): Promise<ModelLab> {
  const server = await startModelServer(serverOptions);
  onTestFinished(() => server.close());
  const usage: ModelUsage[] = [];
  const logged: ModelLab['logged'] = [];
  const log = (fields: object, message: string) => void logged.push({ fields, message });
  const engine = createModelEngine({
    baseUrl: server.url,
    apiKey: TEST_KEY,
    model: 'test-model',
    limiter: noLimit,
    budgetTokens: 10_000_000,
    prices: { input: 1, output: 2 },
    requestTimeoutMs: 5_000,
    contextTokens: 32_768,
    strictSources: true,
    firstPauseMs: 5,
    breakMs: 100,
    ...options,
  });
  return {
    server,
    engine,
    usage,
    logged,
    context: (signal = new AbortController().signal) => ({
      signal,
      log: { info: log, warn: log },
      usage: {
        spent: async () => usage.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0),
        record: async (used) => void usage.push(used),
      },
    }),
  };
}

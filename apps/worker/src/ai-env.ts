import type { ModelEngineOptions } from '@megacampus/generation/model';
import { z } from 'zod';
import { blankIsUnset, flag, optional, wholeNumber } from './env-values.ts';

/** The language model, and how much of it may be used. */
export interface AiEnv extends Omit<ModelEngineOptions, 'limiter' | 'firstPauseMs' | 'breakMs'> {
  /** Requests under way at once, over all workers that share the Redis. */
  readonly maxConcurrency: number;
}

const price = z.preprocess(
  blankIsUnset,
  z
    .string()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be a price such as 0.15')
    .transform(Number)
    .optional(),
);

export const aiVariables = {
  AI_BASE_URL: optional(z.string().regex(/^https?:\/\/\S+$/, 'must be an http(s) address')),
  AI_API_KEY: optional(z.string().trim()),
  AI_MODEL: optional(z.string().trim()),
  AI_EMBEDDING_MODEL: optional(z.string().trim().max(200)),
  AI_MAX_CONCURRENCY: wholeNumber(1_000, 4),
  AI_BUDGET_TOKENS: wholeNumber(999_999_999, 5_000_000),
  AI_CONTEXT_TOKENS: wholeNumber(10_000_000, 32_768),
  AI_TIMEOUT_SECONDS: wholeNumber(3_600, 120),
  AI_PRICE_INPUT: price,
  AI_PRICE_OUTPUT: price,
  AI_PRICE_EMBEDDING: price,
  AI_STRICT_SOURCES: flag(true),
};

type AiVariables = z.infer<z.ZodObject<typeof aiVariables>>;

/** Variables that make no sense without each other; read from the source, so that they show beside all other problems. */
export function aiProblems(source: Readonly<Record<string, string | undefined>>): string[] {
  const isSet = (name: string) => Boolean(source[name]?.trim());
  const wanted = ['AI_BASE_URL', 'AI_API_KEY', 'AI_MODEL', 'AI_EMBEDDING_MODEL'].filter(isSet);
  const missing = ['AI_BASE_URL', 'AI_MODEL'].filter((name) => !isSet(name));
  return [
    ...(wanted.length > 0 ? missing.map((name) => `${name}: is required with ${wanted.join(' and ')}`) : []),
    ...(isSet('AI_PRICE_INPUT') === isSet('AI_PRICE_OUTPUT')
      ? []
      : ['AI_PRICE_INPUT and AI_PRICE_OUTPUT: set both or neither']),
    ...(isSet('AI_PRICE_EMBEDDING') && !isSet('AI_EMBEDDING_MODEL')
      ? ['AI_EMBEDDING_MODEL: is required with AI_PRICE_EMBEDDING']
      : []),
  ];
}

/** Null without an address and a model: courses are then made by the extractive engine. */
export function aiEnvOf(env: AiVariables): AiEnv | null {
  const { AI_BASE_URL: baseUrl, AI_MODEL: model, AI_PRICE_INPUT: input, AI_PRICE_OUTPUT: output } = env;
  if (baseUrl === undefined || model === undefined) return null;
  return {
    baseUrl,
    model,
    apiKey: env.AI_API_KEY ?? null,
    embeddingModel: env.AI_EMBEDDING_MODEL ?? null,
    embeddingPrice: env.AI_PRICE_EMBEDDING ?? null,
    maxConcurrency: env.AI_MAX_CONCURRENCY,
    budgetTokens: env.AI_BUDGET_TOKENS,
    contextTokens: env.AI_CONTEXT_TOKENS,
    requestTimeoutMs: env.AI_TIMEOUT_SECONDS * 1000,
    prices: input === undefined || output === undefined ? null : { input, output },
    strictSources: env.AI_STRICT_SOURCES,
  };
}

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, type LanguageModelUsage, Output } from 'ai';
import type { ModelAnswer, ModelProvider, ModelRequest } from './provider.ts';
import { ModelError } from './provider.ts';

export interface OpenAICompatibleOptions {
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string;
  /** Null for servers without keys, such as Ollama. */
  readonly apiKey: string | null;
  readonly model: string;
}

/** What a server understands. Begins with the newest form and steps down when the server says that it does not. */
interface Dialect {
  format: 'json_schema' | 'json_object' | 'text';
  tokens: 'max_tokens' | 'max_completion_tokens' | 'none';
}

/** OpenAI, OpenRouter, Ollama, vLLM, LM Studio and every other server with OpenAI's chat completions. */
export function createOpenAICompatibleProvider(options: OpenAICompatibleOptions): ModelProvider {
  const dialect: Dialect = { format: 'json_schema', tokens: 'max_tokens' };
  const provider = createOpenAICompatible({
    name: 'model',
    baseURL: options.baseUrl.replace(/\/+$/, ''),
    ...(options.apiKey === null ? {} : { apiKey: options.apiKey }),
    supportsStructuredOutputs: true,
    transformRequestBody: (body) => inDialect(body, dialect),
  });
  // The SDK prints its warnings; our log is JSON.
  globalThis.AI_SDK_LOG_WARNINGS = false;

  return {
    model: options.model,
    async send(request, signal) {
      for (;;) {
        const used = { ...dialect };
        try {
          return await sendOnce(provider(options.model), request, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (!learn(dialect, used, error)) throw toModelError(error, options.apiKey);
        }
      }
    },
  };
}

async function sendOnce(
  model: Parameters<typeof generateText>[0]['model'],
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const { text, finishReason, usage } = await generateText({
    model,
    instructions: request.system,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    maxOutputTokens: request.maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
    // As text: what is not valid JSON, or not what was asked for, is mended or asked for again by ourselves.
    output: {
      ...Output.text(),
      responseFormat: Promise.resolve({ type: 'json', name: request.name, schema: request.schema }),
    },
  });
  return { text, finish: finishOf(finishReason), usage: usageOf(usage) };
}

function finishOf(reason: string): ModelAnswer['finish'] {
  if (reason === 'length' || reason === 'stop') return reason;
  return reason === 'content-filter' ? 'refused' : 'other';
}

function usageOf({ inputTokens, outputTokens }: LanguageModelUsage): ModelAnswer['usage'] {
  return inputTokens === undefined || outputTokens === undefined ? null : { inputTokens, outputTokens };
}

function inDialect(body: Record<string, unknown>, { format, tokens }: Dialect): Record<string, unknown> {
  const { response_format: wanted, max_tokens: limit, ...rest } = body;
  const response = format === 'json_schema' ? wanted : { type: 'json_object' };
  return {
    ...rest,
    ...(format === 'text' ? {} : { response_format: response }),
    ...(tokens === 'none' ? {} : { [tokens]: limit }),
  };
}

/** Whether the error says which form the server does not understand, and a simpler one is now to be tried. */
function learn(dialect: Dialect, used: Dialect, error: unknown): boolean {
  if (!APICallError.isInstance(error) || (error.statusCode !== 400 && error.statusCode !== 422)) return false;
  // Another request has found it out meanwhile.
  if (used.format !== dialect.format || used.tokens !== dialect.tokens) return true;
  const said = `${error.message} ${error.responseBody ?? ''}`;
  if (
    /max_completion_tokens|max_tokens/i.test(said) &&
    /unsupported|not supported|unknown|unrecognized|instead/i.test(said)
  ) {
    dialect.tokens = used.tokens === 'max_tokens' ? 'max_completion_tokens' : 'none';
    return used.tokens !== 'none';
  }
  if (/response_format|json_schema|json_object|structured output/i.test(said)) {
    dialect.format = used.format === 'json_schema' ? 'json_object' : 'text';
    return used.format !== 'text';
  }
  return false;
}

/** Leaves behind what the SDK's errors carry: the whole prompt and the whole answer. */
function toModelError(error: unknown, apiKey: string | null): ModelError {
  if (!APICallError.isInstance(error)) return new ModelError('unreachable', 'the answer could not be read');
  const status = error.statusCode ?? null;
  const said = scrub(error.message, apiKey);
  if (status === null) return new ModelError('unreachable', said);
  const isEmpty = status === 402 || /insufficient_quota|insufficient credits/i.test(error.responseBody ?? '');
  if (isEmpty) return new ModelError('payment', said, status);
  if (status === 401 || status === 403) return new ModelError('key', said, status);
  if (status === 404) return new ModelError('model', said, status);
  if (status === 408 || status === 425 || status === 429)
    return new ModelError('overloaded', said, status, retryAfterOf(error.responseHeaders ?? {}));
  if (status >= 400 && status < 500) return new ModelError('request', said, status);
  return new ModelError('unreachable', said, status, retryAfterOf(error.responseHeaders ?? {}));
}

/** Longest message of a server that is kept, in characters. */
const MESSAGE_LENGTH = 300;

function scrub(message: string, apiKey: string | null): string {
  const clean = apiKey === null ? message : message.replaceAll(apiKey, '[key]');
  return clean.slice(0, MESSAGE_LENGTH);
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3); OpenAI also sends milliseconds. */
function retryAfterOf(headers: Readonly<Record<string, string>>): number | null {
  const ms = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const seconds = Number(value);
  const fromNow = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(fromNow) ? Math.max(0, fromNow) : null;
}

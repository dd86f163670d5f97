import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, type LanguageModelUsage, Output } from 'ai';
import type { Embedded, ModelAnswer, ModelProvider, ModelRequest } from './provider.ts';
import { ModelError } from './provider.ts';

export interface OpenAICompatibleOptions {
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string;
  /** Null for servers without keys, such as Ollama. */
  readonly apiKey: string | null;
  readonly model: string;
  /** Null: passages are found by their words only. */
  readonly embeddingModel?: string | null;
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
      let asked: Asked = request;
      for (;;) {
        const used = { ...dialect };
        try {
          return await sendOnce(provider(options.model), asked, signal);
        } catch (error) {
          signal.throwIfAborted();
          if (asked.maxOutputTokens !== null && asksTooMany(error)) asked = { ...asked, maxOutputTokens: null };
          else if (!learn(dialect, used, error)) throw toModelError(error, options.apiKey);
        }
      }
    },
    embeddingModel: options.embeddingModel ?? null,
    async embed(texts, signal) {
      try {
        return await embedOnce(provider.embeddingModel(options.embeddingModel ?? ''), texts, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toModelError(error, options.apiKey);
      }
    },
  };
}

async function embedOnce(
  model: Parameters<typeof embedMany>[0]['model'],
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Embedded> {
  const { embeddings, usage } = await embedMany({ model, values: [...texts], maxRetries: 0, abortSignal: signal });
  // Without a number the SDK gives NaN.
  return { vectors: embeddings, inputTokens: Number.isFinite(usage.tokens) ? usage.tokens : null };
}

/** Without a limit the server gives what it has. */
type Asked = Omit<ModelRequest, 'maxOutputTokens'> & { readonly maxOutputTokens: number | null };

async function sendOnce(
  model: Parameters<typeof generateText>[0]['model'],
  request: Asked,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const { text, finishReason, usage } = await generateText({
    model,
    instructions: request.system,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    ...(request.maxOutputTokens === null ? {} : { maxOutputTokens: request.maxOutputTokens }),
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
    ...(tokens === 'none' || limit === undefined ? {} : { [tokens]: limit }),
  };
}

/** What a server said when it turned a request down; null for every other error. */
function refusalIn(error: unknown): { readonly status: number; readonly said: string } | null {
  if (!APICallError.isInstance(error)) return null;
  const { statusCode: status, message, responseBody } = error;
  return status === 400 || status === 404 || status === 422
    ? { status, said: `${message} ${responseBody ?? ''}` }
    : null;
}

/**
 * Whether the room for the answer is larger than the model's own ("max_tokens is too large: …", OpenAI) or than what the
 * prompt leaves ("you requested … output tokens and your prompt contains …", vLLM).
 */
function asksTooMany(error: unknown): boolean {
  const { said } = refusalIn(error) ?? { said: '' };
  return /max_(completion_)?tokens\W.{0,30}too large|requested \d+ (output|completion) tokens|\d+ in the completion/i.test(
    said,
  );
}

/** Whether the error says which form the server does not understand, and a simpler one is now to be tried. */
function learn(dialect: Dialect, used: Dialect, error: unknown): boolean {
  const refusal = refusalIn(error);
  if (refusal === null) return false;
  const { said, status } = refusal;
  // OpenRouter: none of a model's providers takes what was asked. Every other 404 means that the model is not there.
  if (status === 404 && !/no endpoints found.*(parameter|response_format|structured)/i.test(said)) return false;
  // Another request has found it out meanwhile.
  if (used.format !== dialect.format || used.tokens !== dialect.tokens) return true;
  const isUnknown = /unsupported|not supported|unknown|unrecognized|not permitted|forbidden|instead/i.test(said);
  if (/max_completion_tokens|max_tokens/i.test(said) && isUnknown) {
    dialect.tokens = used.tokens === 'max_tokens' ? 'max_completion_tokens' : 'none';
    return used.tokens !== 'none';
  }
  if (status === 404 || /response_format|json_schema|json_object|structured output/i.test(said)) {
    dialect.format = used.format === 'json_schema' ? 'json_object' : 'text';
    return used.format !== 'text';
  }
  return false;
}

/** Leaves behind what the SDK's errors carry: the whole prompt and the whole answer. */
function toModelError(error: unknown, apiKey: string | null): ModelError {
  if (!APICallError.isInstance(error)) return new ModelError('unreachable', 'the answer could not be read');
  const body = error.responseBody ?? '';
  const status = statusIn(error.statusCode ?? null, body);
  const said = scrub(error.message, apiKey);
  if (status === null) return new ModelError('unreachable', said);
  const isEmpty = status === 402 || /insufficient_quota|insufficient credits/i.test(body);
  if (isEmpty) return new ModelError('payment', said, status);
  // OpenRouter's 403 is also for texts that a filter has flagged.
  if (status === 403 && /moderation|flagged/i.test(body)) return new ModelError('refused', said, status);
  if (status === 401 || status === 403) return new ModelError('key', said, status);
  if (status === 404) return new ModelError('model', said, status);
  if (status === 408 || status === 425 || status === 429)
    return new ModelError('overloaded', said, status, retryAfterOf(error.responseHeaders ?? {}));
  if (status >= 400 && status < 500) return new ModelError('request', said, status);
  return new ModelError('unreachable', said, status, retryAfterOf(error.responseHeaders ?? {}));
}

/** OpenRouter answers 200 with the error in the body when a provider fails under way; its code is a status. */
function statusIn(status: number | null, body: string): number | null {
  if (status !== 200) return status;
  const [, code] = /"error"\s*:\s*\{[^}]*"code"\s*:\s*"?(\d{3})\b/.exec(body) ?? [];
  return code === undefined ? status : Number(code);
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

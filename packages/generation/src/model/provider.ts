/**
 * What the model engine needs of a provider: one file such as openai-compatible.ts. A provider makes single requests;
 * retries, limits, budgets and what an answer has to look like are the engine's.
 */
export interface ModelProvider {
  /** The model's name, shown to the user and stored with the generation. */
  readonly model: string;
  /**
   * Makes one request, and may make it again only to find out which dialect the server speaks.
   *
   * @throws ModelError; the signal's reason when it is aborted.
   */
  send(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
  /** The model that makes embeddings; null where none is configured, and then `embed` is not called. */
  readonly embeddingModel: string | null;
  /** One vector for each text, in their order. @throws as `send` does. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded>;
}

export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  /** Null when the provider gives no number. */
  readonly inputTokens: number | null;
}

export interface ModelRequest {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** What is asked for, such as `lesson`; names the schema. */
  readonly name: string;
  /** JSON Schema of the answer. */
  readonly schema: object;
  readonly maxOutputTokens: number;
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ModelAnswer {
  readonly text: string;
  /** `length`: cut off at the limit of tokens. `refused`: the provider's filter or the model declined. */
  readonly finish: 'stop' | 'length' | 'refused' | 'other';
  /** Null when the provider gives no numbers. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
}

/**
 * - `unreachable`: no answer, or a server error; trying again can help, and the circuit breaker counts it.
 * - `overloaded`: asked to wait; trying again later can help.
 * - the others are permanent: the key, the model or the request is wrong, the account is empty, or a filter
 *   turned the text down.
 */
export type ModelErrorKind = 'unreachable' | 'overloaded' | 'key' | 'model' | 'request' | 'payment' | 'refused';

/** A request that failed. Carries no prompt, no answer and no key, so that it can be logged as it is. */
export class ModelError extends Error {
  readonly kind: ModelErrorKind;
  readonly status: number | null;
  /** What the server asked for, in ms. */
  readonly retryAfterMs: number | null;

  constructor(kind: ModelErrorKind, message: string, status: number | null = null, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'ModelError';
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

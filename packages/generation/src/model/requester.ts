import { setTimeout as pause } from 'node:timers/promises';
import type { CourseLanguage } from '@megacampus/domain/course';
import { PermanentFault, UnavailableFault } from '@megacampus/domain/errors';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { EngineContext, ModelUsage } from '../engine.ts';
import { faultText } from './messages.ts';
import { type Embedded, type ModelAnswer, ModelError, type ModelProvider, type ModelRequest } from './provider.ts';

/** Bounds how many requests are under way at once, over all processes. `work` gets a signal that ends with its place. */
export interface Limiter {
  run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface RequesterOptions {
  readonly provider: ModelProvider;
  readonly limiter: Limiter;
  /** Longest one request may take, in ms. */
  readonly requestTimeoutMs: number;
  /** Tokens that one generation may use, of both kinds. */
  readonly budgetTokens: number;
  /** Per million tokens, in any currency; null: costs are not known. */
  readonly prices: { readonly input: number; readonly output: number } | null;
  /** Per million tokens of embedded text; absent: not known. */
  readonly embeddingPrice?: number | null;
  /** The first pause before a request is made again, doubled each time, in ms. */
  readonly firstPauseMs?: number;
  /** How long requests are held back after `BREAKS_AFTER` failures in a row, in ms. */
  readonly breakMs?: number;
}

export type Send = (request: ModelRequest, ask: Asking) => Promise<ModelAnswer>;
export type Embed = (texts: readonly string[], ask: Asking) => Promise<Embedded>;

export interface Requester {
  readonly send: Send;
  readonly embed: Embed;
}

/** One kind of request, as far as limits and accounts are concerned. */
interface Call<T> {
  readonly name: string;
  /** Times it is made in all. */
  readonly tries: number;
  make(signal: AbortSignal): Promise<T>;
  usageOf(result: T): ModelUsage;
  /** Of the result, for the log. */
  factsOf(result: T): object;
}

export interface Asking {
  readonly context: EngineContext;
  /** Of the course: what the user is told is in it. */
  readonly language: CourseLanguage;
  /** The last call of a course, so that a spent budget does not throw away what it bought. */
  readonly beyondBudget?: boolean;
}

/** Times one request is made in all, and of these, after how many timeouts it is given up. */
const TRIES = 5;
/** Of embeddings, without which a course is made all the same. */
const EMBEDDING_TRIES = 3;
const TIMEOUTS = 2;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;
/** A server that asks for more patience is treated as down: the stage is run again later. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/** Failures in a row, over all calls of this process, after which the server is left alone for a while. */
const BREAKS_AFTER = 6;
const BREAK_MS = 10_000;

/** Requests that keep to every limit: budget, places, deadline, patience. One a process, as the breaker is in it. */
export function createRequester(options: RequesterOptions): Requester {
  const { limiter } = options;
  const breakMs = options.breakMs ?? BREAK_MS;
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ModelError && error.kind === 'unreachable'),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(BREAKS_AFTER) },
  );

  async function makeOnce<T>(call: Call<T>, { signal }: EngineContext): Promise<T> {
    return await limiter.run(signal, (inPlace) =>
      breaker.execute(async () => {
        const deadline = AbortSignal.timeout(options.requestTimeoutMs);
        try {
          return await call.make(AbortSignal.any([inPlace, deadline]));
        } catch (error) {
          inPlace.throwIfAborted();
          throw deadline.aborted ? new RequestTimeout(options.requestTimeoutMs) : error;
        }
      }),
    );
  }

  async function make<T>(call: Call<T>, asking: Asking): Promise<T> {
    const { context, language } = asking;
    const { signal, log } = context;
    for (let tries = 1, timeouts = 0; ; tries += 1) {
      signal.throwIfAborted();
      if (!asking.beyondBudget) await keepToBudget(options.budgetTokens, asking);
      signal.throwIfAborted();
      const startedAt = performance.now();
      try {
        const result = await makeOnce(call, context);
        await note(call, result, context, Math.round(performance.now() - startedAt));
        return result;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RequestTimeout) timeouts += 1;
        const waitMs = tries < call.tries && timeouts < TIMEOUTS ? waitAfter(error, tries, options) : null;
        log?.warn({ call: call.name, tries, waitMs, ...factsOf(error) }, 'request to the model failed');
        if (waitMs === null) throw toFault(error, language);
        await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  return {
    send: (request, asking) => make(answerCall(options, request), asking),
    embed: (texts, asking) => make(embeddingCall(options, texts), asking),
  };
}

function answerCall({ provider, prices }: RequesterOptions, request: ModelRequest): Call<ModelAnswer> {
  return {
    name: request.name,
    tries: TRIES,
    make: (signal) => provider.send(request, signal),
    usageOf(answer) {
      const { inputTokens, outputTokens } = answer.usage ?? estimate(request, answer);
      const cost = prices === null ? null : (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000;
      const { name: call } = request;
      return { call, model: provider.model, inputTokens, outputTokens, estimated: answer.usage === null, cost };
    },
    factsOf: ({ finish }) => ({ finish }),
  };
}

function embeddingCall({ provider, embeddingPrice }: RequesterOptions, texts: readonly string[]): Call<Embedded> {
  return {
    name: 'embedding',
    tries: EMBEDDING_TRIES,
    make: (signal) => provider.embed(texts, signal),
    usageOf({ inputTokens: given }) {
      const inputTokens = given ?? tokensIn(texts.reduce((sum, { length }) => sum + length, 0));
      const cost = embeddingPrice == null ? null : (inputTokens * embeddingPrice) / 1_000_000;
      const model = provider.embeddingModel ?? '';
      return { call: 'embedding', model, inputTokens, outputTokens: 0, estimated: given === null, cost };
    },
    factsOf: ({ vectors }) => ({ texts: vectors.length, dimensions: vectors[0]?.length }),
  };
}

class RequestTimeout extends ModelError {
  constructor(timeoutMs: number) {
    super('unreachable', `no answer within ${timeoutMs} ms`);
    this.name = 'RequestTimeout';
  }
}

async function keepToBudget(budgetTokens: number, { context, language }: Asking): Promise<void> {
  const spent = (await context.usage?.spent()) ?? 0;
  if (spent < budgetTokens) return;
  throw new PermanentFault(faultText(language).budget(budgetTokens), { spent, budgetTokens });
}

async function note<T>(
  call: Call<T>,
  result: T,
  { usage: meter, log }: EngineContext,
  durationMs: number,
): Promise<void> {
  const usage = call.usageOf(result);
  log?.info({ ...usage, durationMs, ...call.factsOf(result) }, 'model answered');
  try {
    await meter?.record(usage);
  } catch (err) {
    // The answer is paid for: better that it is used than that it is counted.
    log?.warn({ err }, 'could not record what the model used');
  }
}

/** Characters of one token, about, over all languages: fewer in Chinese, more in English. */
const TOKEN_LENGTH = 3;

/** Tokens of so many characters, about. */
export function tokensIn(chars: number): number {
  return Math.ceil(chars / TOKEN_LENGTH);
}

function estimate(request: ModelRequest, answer: ModelAnswer) {
  const sent = request.system.length + request.messages.reduce((sum, { content }) => sum + content.length, 0);
  return { inputTokens: tokensIn(sent), outputTokens: tokensIn(answer.text.length) };
}

/** Pause before the next try, in ms; null when there is no use in one. */
function waitAfter(error: unknown, tries: number, options: RequesterOptions): number | null {
  const first = options.firstPauseMs ?? FIRST_PAUSE_MS;
  const backoffMs = Math.min(LONGEST_PAUSE_MS, first * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
  if (error instanceof BrokenCircuitError) return (options.breakMs ?? BREAK_MS) + backoffMs;
  if (!(error instanceof ModelError)) return null;
  if (error.kind !== 'unreachable' && error.kind !== 'overloaded') return null;
  if (error.retryAfterMs === null) return backoffMs;
  // Never earlier than asked, and not all together.
  return error.retryAfterMs > LONGEST_RETRY_AFTER_MS ? null : error.retryAfterMs + backoffMs * Math.random();
}

function factsOf(error: unknown): object {
  if (error instanceof ModelError) return { kind: error.kind, status: error.status, reason: error.message };
  return { kind: error instanceof BrokenCircuitError ? 'circuit_open' : 'fault', err: error };
}

function toFault(error: unknown, language: CourseLanguage): unknown {
  if (error instanceof BrokenCircuitError) return new UnavailableFault('model');
  if (!(error instanceof ModelError)) return error;
  const { kind, status } = error;
  if (kind === 'unreachable' || kind === 'overloaded') return new UnavailableFault('model', error);
  return new PermanentFault(faultText(language)[kind], { service: 'model', status }, error);
}

import { setTimeout as pause } from 'node:timers/promises';
import type { CourseLanguage } from '@megacampus/domain/course';
import { PermanentFault, UnavailableFault } from '@megacampus/domain/errors';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { EngineContext } from '../engine.ts';
import { faultText } from './messages.ts';
import { type ModelAnswer, ModelError, type ModelProvider, type ModelRequest } from './provider.ts';

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
  /** The first pause before a request is made again, doubled each time, in ms. */
  readonly firstPauseMs?: number;
  /** How long requests are held back after `BREAKS_AFTER` failures in a row, in ms. */
  readonly breakMs?: number;
}

export type Send = (request: ModelRequest, ask: Asking) => Promise<ModelAnswer>;

export interface Asking {
  readonly context: EngineContext;
  /** Of the course: what the user is told is in it. */
  readonly language: CourseLanguage;
  /** The last call of a course, so that a spent budget does not throw away what it bought. */
  readonly beyondBudget?: boolean;
}

/** Times one request is made in all, and of these, after how many timeouts it is given up. */
const TRIES = 5;
const TIMEOUTS = 2;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;
/** A server that asks for more patience is treated as down: the stage is run again later. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/** Failures in a row, over all calls of this process, after which the server is left alone for a while. */
const BREAKS_AFTER = 6;
const BREAK_MS = 10_000;

/** Requests that keep to every limit: budget, places, deadline, patience. One a process, as the breaker is in it. */
export function createRequester(options: RequesterOptions): Send {
  const { provider, limiter } = options;
  const breakMs = options.breakMs ?? BREAK_MS;
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ModelError && error.kind === 'unreachable'),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(BREAKS_AFTER) },
  );

  async function sendOnce(request: ModelRequest, { signal }: EngineContext): Promise<ModelAnswer> {
    return await limiter.run(signal, (inPlace) =>
      breaker.execute(async () => {
        const deadline = AbortSignal.timeout(options.requestTimeoutMs);
        try {
          return await provider.send(request, AbortSignal.any([inPlace, deadline]));
        } catch (error) {
          inPlace.throwIfAborted();
          throw deadline.aborted ? new RequestTimeout(options.requestTimeoutMs) : error;
        }
      }),
    );
  }

  return async (request, asking) => {
    const { context, language } = asking;
    const { signal, log } = context;
    for (let tries = 1, timeouts = 0; ; tries += 1) {
      signal.throwIfAborted();
      if (!asking.beyondBudget) await keepToBudget(options.budgetTokens, asking);
      signal.throwIfAborted();
      const startedAt = performance.now();
      try {
        const answer = await sendOnce(request, context);
        await note(options, request, answer, context, Math.round(performance.now() - startedAt));
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RequestTimeout) timeouts += 1;
        const waitMs = tries < TRIES && timeouts < TIMEOUTS ? waitAfter(error, tries, options) : null;
        log?.warn({ call: request.name, tries, waitMs, ...factsOf(error) }, 'request to the model failed');
        if (waitMs === null) throw toFault(error, language);
        await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
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

async function note(
  { provider, prices }: RequesterOptions,
  request: ModelRequest,
  answer: ModelAnswer,
  { usage: meter, log }: EngineContext,
  durationMs: number,
): Promise<void> {
  const estimated = answer.usage === null;
  const { inputTokens, outputTokens } = answer.usage ?? estimate(request, answer);
  const cost = prices === null ? null : (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000;
  const usage = { call: request.name, model: provider.model, inputTokens, outputTokens, estimated, cost };
  log?.info({ ...usage, durationMs, finish: answer.finish }, 'model answered');
  try {
    await meter?.record(usage);
  } catch (err) {
    // The answer is paid for: better that it is used than that it is counted.
    log?.warn({ err }, 'could not record what the model used');
  }
}

/** Characters of one token, about, over all languages: fewer in Chinese, more in English. */
const TOKEN_LENGTH = 3;

function estimate(request: ModelRequest, answer: ModelAnswer) {
  const sent = request.system.length + request.messages.reduce((sum, { content }) => sum + content.length, 0);
  return { inputTokens: Math.ceil(sent / TOKEN_LENGTH), outputTokens: Math.ceil(answer.text.length / TOKEN_LENGTH) };
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

import type { CourseEngine } from '../engine.ts';
import { analyze } from './analyze.ts';
import { createEmbedder } from './embedder.ts';
import { lesson } from './lesson.ts';
import { createOpenAICompatibleProvider, type OpenAICompatibleOptions } from './openai-compatible.ts';
import { outline } from './outline.ts';
import { createRequester, type Limiter, type Send } from './requester.ts';
import { type Room, roomIn } from './room.ts';
import { searchFor } from './search-for.ts';
import { summarize } from './summarize.ts';

export interface ModelEngineOptions extends OpenAICompatibleOptions {
  readonly limiter: Limiter;
  /** Tokens that one generation may use, of both kinds; what is under way when it is spent is still finished. */
  readonly budgetTokens: number;
  /** Per million tokens; null: costs are not known. */
  readonly prices: { readonly input: number; readonly output: number } | null;
  /** Per million tokens of embedded text; null: not known. */
  readonly embeddingPrice?: number | null;
  readonly requestTimeoutMs: number;
  /** What the model takes in and gives out in one request. */
  readonly contextTokens: number;
  /** With documents, a paragraph that no passage supports is not published. */
  readonly strictSources: boolean;
  /** For tests: shorter pauses. */
  readonly firstPauseMs?: number;
  readonly breakMs?: number;
}

/** What the calls of this engine share. */
export interface Engine {
  readonly send: Send;
  readonly room: Room;
  readonly strictSources: boolean;
}

/**
 * An engine that writes with a language model. Every answer is read by a schema and by gates that are computed, and what
 * does not pass is repaired once or not published.
 *
 * @throws PermanentFault where only a person can help, UnavailableFault('model') where waiting can.
 */
export function createModelEngine(options: ModelEngineOptions): CourseEngine {
  const provider = createOpenAICompatibleProvider(options);
  const { send, embed } = createRequester({ ...options, provider });
  const engine: Engine = {
    send,
    room: roomIn(options.contextTokens),
    strictSources: options.strictSources,
  };
  return {
    name: provider.model,
    embedder: provider.embeddingModel === null ? undefined : createEmbedder(embed, provider.embeddingModel, options),
    search: searchFor,
    analyze: (input, context) => analyze(engine, input, context),
    outline: (input, context) => outline(engine, input, context),
    lesson: (input, context) => lesson(engine, input, context),
    summarize: (input, context) => summarize(engine, input, context),
  };
}

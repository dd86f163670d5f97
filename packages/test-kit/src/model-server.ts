import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type Asked, askedIn } from './model-server/asked.ts';
import { respond, respondToEmbedding, sendError } from './model-server/respond.ts';
import { refusalOf, type Strictness } from './model-server/strictness.ts';

/**
 * What the server does with a request:
 * - `well`: answers as asked, with content made from the prompt's passages;
 * - `slow`: the same after `ms`; `never`: accepts the request and is silent;
 * - `status`: an error in OpenAI's form, with Retry-After where given; `reset`: breaks the connection;
 * - `broken_json`: half of an object; `wrong_shape`: an object, but another one; `fenced`: the right one in prose and a fence;
 * - `wrong_language`: English for Russian and the other way round;
 * - `truncated`: says that it was cut off; the JSON is whole, as servers that bind a model to a schema close it;
 * - `refused`: declines; `content`: answers with what the function makes;
 * - `error_in_body`: status 200 and an error all the same, as OpenRouter does when a provider fails under way.
 *
 * A request for embeddings, the call `embedding`, can meet `slow`, `never`, `status` and `reset`, or `odd_vectors`: one too few.
 */
export type ModelBehaviour =
  | { readonly kind: 'never' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'odd_vectors' }
  | { readonly kind: 'error_in_body'; readonly status: number; readonly message: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: string;
      readonly message?: string;
      readonly code?: string;
    }
  | Answering;

export type Answering =
  | { readonly kind: 'well' | 'broken_json' | 'wrong_shape' | 'fenced' | 'wrong_language' }
  | { readonly kind: 'content'; readonly make: (asked: Asked, good: unknown) => unknown };

export interface ModelServerRequest {
  readonly atMs: number;
  readonly authorization: string | undefined;
  readonly asked: Asked;
  readonly body: ChatRequest;
  /** The client went away before it had the answer. */
  aborted: boolean;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly name: string } };
}

export interface EmbeddingRequest {
  readonly atMs: number;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly input: readonly string[]; readonly encoding_format?: string };
  aborted: boolean;
}

export interface ModelServerOptions {
  /** What it refuses of what a client may ask. */
  readonly strict?: readonly Strictness[];
  /** Numbers of an embedding. */
  readonly dimensions?: number;
}

export interface ModelServer extends AsyncDisposable {
  /** For AI_BASE_URL. */
  readonly url: string;
  readonly requests: ModelServerRequest[];
  readonly embeddings: EmbeddingRequest[];
  /** Requests of one call, such as `lesson`. */
  of(name: string): ModelServerRequest[];
  readonly inFlight: number;
  readonly mostInFlight: number;
  /** How every request is answered that no `next` is for; embeddings are always made. */
  behave(behaviour: ModelBehaviour): void;
  /** How the next `times` requests are answered, of one call where named. */
  next(behaviour: ModelBehaviour, options?: { readonly times?: number; readonly call?: string }): void;
  close(): Promise<void>;
}

interface Planned {
  readonly behaviour: ModelBehaviour;
  readonly call: string | undefined;
  left: number;
}

/** A server in OpenAI's chat completions protocol, over real HTTP, that fails as it is told. */
export async function startModelServer({ strict = [], dimensions }: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const embeddings: EmbeddingRequest[] = [];
  const planned: Planned[] = [];
  let usual: ModelBehaviour = { kind: 'well' };
  let [inFlight, mostInFlight] = [0, 0];
  const withUsage = !strict.includes('usage');

  const server = createServer(async (incoming, response) => {
    const isEmbedding = incoming.url === '/v1/embeddings' && !strict.includes('embeddings');
    if (incoming.method !== 'POST' || !(isEmbedding || incoming.url === '/v1/chat/completions')) {
      sendError(response, { kind: 'status', status: 404, message: 'no such path' });
      return;
    }
    const body = await json(incoming);
    if (isEmbedding) {
      const request = noteEmbedding(incoming, body as EmbeddingRequest['body']);
      track(response, request);
      respondToEmbedding(response, request, planFor('embedding') ?? { kind: 'well' }, { dimensions, withUsage });
      return;
    }
    const request = note(incoming, body as ChatRequest);
    track(response, request);
    const refusal = refusalOf(request.body, strict);
    if (refusal !== null) sendError(response, { kind: 'status', ...refusal });
    else respond(response, request, planFor(request.asked.name) ?? usual, withUsage);
  });

  function track(response: ServerResponse, request: { aborted: boolean }): void {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.on('close', () => {
      inFlight -= 1;
      request.aborted = !response.writableFinished;
    });
  }

  /** What was planned for the next request of this call; embeddings only when they are named. */
  function planFor(name: string): ModelBehaviour | undefined {
    const plan = planned.find(
      ({ left, call }) => left > 0 && (call === name || (call === undefined && name !== 'embedding')),
    );
    if (plan) plan.left -= 1;
    return plan?.behaviour;
  }

  function noteEmbedding(incoming: IncomingMessage, body: EmbeddingRequest['body']): EmbeddingRequest {
    const request = { atMs: Date.now(), authorization: incoming.headers.authorization, body, aborted: false };
    embeddings.push(request);
    return request;
  }

  function note(incoming: IncomingMessage, body: ChatRequest): ModelServerRequest {
    const { authorization } = incoming.headers;
    const request = { atMs: Date.now(), authorization, asked: askedIn(body), body, aborted: false };
    requests.push(request);
    return request;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    embeddings,
    of: (name) => requests.filter(({ asked }) => asked.name === name),
    get inFlight() {
      return inFlight;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    behave: (behaviour) => {
      usual = behaviour;
    },
    next: (behaviour, { times = 1, call } = {}) => void planned.push({ behaviour, call, left: times }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

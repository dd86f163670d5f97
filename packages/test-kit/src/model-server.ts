import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { answerWell } from './model-server/answers.ts';
import { type Asked, askedIn } from './model-server/asked.ts';

/**
 * What the server does with a request:
 * - `well`: answers as asked, with content made from the prompt's passages;
 * - `slow`: the same after `ms`; `never`: accepts the request and is silent;
 * - `status`: an error in OpenAI's form, with Retry-After where given; `reset`: breaks the connection;
 * - `broken_json`: half of an object; `wrong_shape`: an object, but another one; `fenced`: the right one in prose and a fence;
 * - `wrong_language`: English for Russian and the other way round;
 * - `truncated`: says that it was cut off; the JSON is whole, as servers that bind a model to a schema close it;
 * - `refused`: declines; `content`: answers with what the function makes.
 */
export type ModelBehaviour =
  | { readonly kind: 'never' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'slow'; readonly ms: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: string;
      readonly message?: string;
      readonly code?: string;
    }
  | Answering;

type Answering =
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

export interface ModelServer extends AsyncDisposable {
  /** For AI_BASE_URL. */
  readonly url: string;
  readonly requests: ModelServerRequest[];
  /** Requests of one call, such as `lesson`. */
  of(name: string): ModelServerRequest[];
  readonly inFlight: number;
  readonly mostInFlight: number;
  /** How every request is answered that no `next` is for. */
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
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const planned: Planned[] = [];
  let usual: ModelBehaviour = { kind: 'well' };
  let [inFlight, mostInFlight] = [0, 0];

  const server = createServer(async (incoming, response) => {
    if (incoming.method !== 'POST' || incoming.url !== '/v1/chat/completions') {
      sendError(response, { kind: 'status', status: 404, message: 'no such path' });
      return;
    }
    const body = (await json(incoming)) as ChatRequest;
    const request = note(incoming, body);
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.on('close', () => {
      inFlight -= 1;
      request.aborted = !response.writableFinished;
    });
    const plan = planned.find(({ left, call }) => left > 0 && (call === undefined || call === request.asked.name));
    if (plan) plan.left -= 1;
    respond(response, request, plan?.behaviour ?? usual);
  });

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

function respond(response: ServerResponse, { asked, body }: ModelServerRequest, behaviour: ModelBehaviour): void {
  if (behaviour.kind === 'never') return;
  if (behaviour.kind === 'reset') response.socket?.resetAndDestroy();
  else if (behaviour.kind === 'status') sendError(response, behaviour);
  else if (behaviour.kind === 'slow') setTimeout(() => sendAnswer(response, body, goodFor(asked)), behaviour.ms);
  else if (behaviour.kind === 'truncated') sendAnswer(response, body, goodFor(asked), 'length');
  else if (behaviour.kind === 'refused') sendAnswer(response, body, '', 'content_filter');
  else sendAnswer(response, body, contentFor(asked, behaviour));
}

function contentFor(asked: Asked, behaviour: Answering): string {
  switch (behaviour.kind) {
    case 'well':
      return goodFor(asked);
    case 'broken_json':
      return goodFor(asked).slice(0, -20);
    case 'wrong_shape':
      return JSON.stringify({ answer: 'Here is your course.' });
    case 'fenced':
      return `<think>Let me see {…}</think>\nSure!\n\`\`\`json\n${goodFor(asked)}\n\`\`\``;
    case 'wrong_language':
      return goodFor({ ...asked, sources: [], language: other(asked) });
    case 'content':
      return JSON.stringify(behaviour.make(asked, answerWell(asked)));
  }
}

function goodFor(asked: Asked): string {
  return JSON.stringify(answerWell(asked));
}

function other({ language }: Asked): Asked['language'] {
  return language === 'ru' ? 'en' : 'ru';
}

function sendError(
  response: ServerResponse,
  { status, retryAfter, message = `failed with ${status}`, code }: Extract<ModelBehaviour, { kind: 'status' }>,
): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message, type: 'error', param: null, code: code ?? null } }));
}

function sendAnswer(response: ServerResponse, body: ChatRequest, content: string, finish = 'stop'): void {
  const prompt = body.messages.reduce((sum, message) => sum + message.content.length, 0);
  const [promptTokens, completionTokens] = [Math.ceil(prompt / 4), Math.ceil(content.length / 4)];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'chatcmpl-test',
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model: body.model,
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
      },
    }),
  );
}

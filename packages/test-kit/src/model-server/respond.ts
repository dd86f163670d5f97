import type { ServerResponse } from 'node:http';
import type { Answering, ChatRequest, EmbeddingRequest, ModelBehaviour, ModelServerRequest } from '../model-server.ts';
import { answerWell } from './answers.ts';
import type { Asked } from './asked.ts';
import { embeddingOf } from './embedding.ts';

/** Answers a request for a chat completion. */
export function respond(
  response: ServerResponse,
  { asked, body }: ModelServerRequest,
  behaviour: ModelBehaviour,
  withUsage: boolean,
): void {
  if (behaviour.kind === 'never' || behaviour.kind === 'odd_vectors') return;
  if (behaviour.kind === 'reset') response.socket?.resetAndDestroy();
  else if (behaviour.kind === 'status') sendError(response, behaviour);
  else if (behaviour.kind === 'error_in_body') sendJson(response, { error: { ...behaviour, code: behaviour.status } });
  else if (behaviour.kind === 'slow')
    setTimeout(() => sendAnswer(response, body, goodFor(asked), { withUsage }), behaviour.ms);
  else if (behaviour.kind === 'truncated') sendAnswer(response, body, goodFor(asked), { finish: 'length', withUsage });
  else if (behaviour.kind === 'refused') sendAnswer(response, body, '', { finish: 'content_filter', withUsage });
  else sendAnswer(response, body, contentFor(asked, behaviour), { withUsage });
}

/** Answers a request for embeddings. */
export function respondToEmbedding(
  response: ServerResponse,
  { body }: EmbeddingRequest,
  behaviour: ModelBehaviour,
  { dimensions, withUsage }: { readonly dimensions: number | undefined; readonly withUsage: boolean },
): void {
  const { input, model } = body;
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: embeddingOf(text, dimensions) }));
  const tokens = Math.ceil(input.reduce((sum, { length }) => sum + length, 0) / 4);
  const usage = withUsage ? { prompt_tokens: tokens, total_tokens: tokens } : undefined;
  if (behaviour.kind === 'never') return;
  if (behaviour.kind === 'reset') response.socket?.resetAndDestroy();
  else if (behaviour.kind === 'status') sendError(response, behaviour);
  else if (behaviour.kind === 'slow')
    setTimeout(() => sendJson(response, { object: 'list', model, data, usage }), behaviour.ms);
  else if (behaviour.kind === 'odd_vectors') sendJson(response, { object: 'list', model, data: data.slice(1), usage });
  else sendJson(response, { object: 'list', model, data, usage });
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

/** An error in OpenAI's form. */
export function sendError(
  response: ServerResponse,
  { status, retryAfter, message = `failed with ${status}`, code }: Extract<ModelBehaviour, { kind: 'status' }>,
): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message, type: 'error', param: null, code: code ?? null } }));
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function sendAnswer(
  response: ServerResponse,
  body: ChatRequest,
  content: string,
  { finish = 'stop', withUsage }: { readonly finish?: string; readonly withUsage: boolean },
): void {
  const prompt = body.messages.reduce((sum, message) => sum + message.content.length, 0);
  const [promptTokens, completionTokens] = [Math.ceil(prompt / 4), Math.ceil(content.length / 4)];
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
  sendJson(response, {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
    ...(withUsage ? { usage } : {}),
  });
}

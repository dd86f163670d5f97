import type { ChatRequest } from '../model-server.ts';

/**
 * What a server of the field refuses, in the words it uses:
 * - `json_schema`: older vLLM, llama.cpp and many proxies; `json_object`: LM Studio;
 * - `response_format`: servers that know neither; `no_endpoint`: OpenRouter, where no provider of a model takes it;
 * - `max_tokens`: OpenAI's reasoning models; `max_completion_tokens`: older servers; `many_tokens`: models with a limit of
 *   their own for an answer, here 2,000; `unknown_fields`: servers that take nothing they do not know;
 * - `usage`: not refused, but answers come without numbers; `embeddings`: there is no such path.
 */
export type Strictness =
  | 'json_schema'
  | 'json_object'
  | 'response_format'
  | 'no_endpoint'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'many_tokens'
  | 'unknown_fields'
  | 'usage'
  | 'embeddings';

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
}

/** Longest answer of a server that is strict about `many_tokens`. */
const MOST_TOKENS = 2_000;

const RULES: Partial<Record<Strictness, (body: ChatRequest) => Refusal | null>> = {
  json_schema: ({ response_format }) =>
    response_format?.type === 'json_schema'
      ? { status: 400, message: "'response_format.type' must be one of 'text', 'json_object'; got json_schema" }
      : null,
  json_object: ({ response_format }) =>
    response_format?.type === 'json_object'
      ? { status: 400, message: "'response_format.type' must be 'json_schema' or 'text'" }
      : null,
  response_format: ({ response_format }) =>
    response_format ? { status: 400, message: 'Unknown parameter: response_format' } : null,
  no_endpoint: ({ response_format }) =>
    response_format
      ? { status: 404, message: 'No endpoints found that can handle the requested parameters.', code: '404' }
      : null,
  max_tokens: ({ max_tokens }) =>
    max_tokens === undefined
      ? null
      : {
          status: 400,
          code: 'unsupported_parameter',
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        },
  max_completion_tokens: ({ max_completion_tokens }) =>
    max_completion_tokens === undefined
      ? null
      : { status: 400, message: 'Unrecognized request argument supplied: max_completion_tokens' },
  many_tokens({ max_tokens, max_completion_tokens }) {
    const wanted = max_tokens ?? max_completion_tokens ?? 0;
    if (wanted <= MOST_TOKENS) return null;
    const message = `max_tokens is too large: ${wanted}. This model supports at most ${MOST_TOKENS} completion tokens, whereas you provided ${wanted}.`;
    return { status: 400, message };
  },
  unknown_fields(body) {
    const unknown = Object.keys(body).find((name) => name !== 'model' && name !== 'messages');
    if (unknown === undefined) return null;
    const message = `[{'type': 'extra_forbidden', 'loc': ('body', '${unknown}'), 'msg': 'Extra inputs are not permitted'}]`;
    return { status: 422, message };
  },
};

export function refusalOf(body: ChatRequest, strict: readonly Strictness[]): Refusal | null {
  for (const one of strict) {
    const refusal = RULES[one]?.(body) ?? null;
    if (refusal !== null) return refusal;
  }
  return null;
}

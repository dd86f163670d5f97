import { PermanentFault } from '@megacampus/domain/errors';
import type { ModelServerOptions } from '@megacampus/test-kit/model-server';
import { describe, expect, it } from 'vitest';
import { aBrief } from '../extractive/fixtures/course-from.ts';
import { type ModelLab, modelLab } from './testing/lab.ts';

type Strict = NonNullable<ModelServerOptions['strict']>;

const brief = aBrief({ title: 'Основы фотографии', language: 'ru' });
const analyze = (lab: ModelLab) => lab.engine.analyze({ brief, passages: [] }, lab.context());

/** What providers of the field take and refuse; what they say is in test-kit/src/model-server/strictness.ts. */
describe('a server that refuses a parameter is asked without it, and from then on at once', () => {
  it.each<{ name: string; strict: Strict; first: number; format: string | undefined; limit: string | undefined }>([
    { name: 'OpenAI, vLLM, Ollama', strict: [], first: 1, format: 'json_schema', limit: 'max_tokens' },
    {
      name: "OpenAI's reasoning models",
      strict: ['max_tokens'],
      first: 2,
      format: 'json_schema',
      limit: 'max_completion_tokens',
    },
    { name: 'LM Studio', strict: ['json_object'], first: 1, format: 'json_schema', limit: 'max_tokens' },
    { name: 'JSON mode only', strict: ['json_schema'], first: 2, format: 'json_object', limit: 'max_tokens' },
    { name: 'no JSON mode', strict: ['response_format'], first: 3, format: undefined, limit: 'max_tokens' },
    { name: 'OpenRouter, no provider', strict: ['no_endpoint'], first: 3, format: undefined, limit: 'max_tokens' },
    { name: 'model and messages only', strict: ['unknown_fields'], first: 5, format: undefined, limit: undefined },
  ])('$name', async ({ strict, first, format, limit }) => {
    const lab = await modelLab({}, { strict });
    await analyze(lab);
    expect(lab.server.requests).toHaveLength(first);
    await analyze(lab);
    expect(lab.server.requests).toHaveLength(first + 1);
    const { body } = lab.server.requests.at(-1) ?? {};
    expect(body?.response_format?.type).toBe(format);
    const given = (['max_tokens', 'max_completion_tokens'] as const).filter((name) => body?.[name] !== undefined);
    expect(given).toEqual(limit === undefined ? [] : [limit]);
  });

  it('room for an answer that is more than the model has is left to the server', async () => {
    const lab = await modelLab({}, { strict: ['many_tokens'] });
    await analyze(lab);
    const limits = lab.server.requests.map(({ body }) => body.max_tokens);
    expect(limits).toEqual([expect.any(Number), undefined]);
  });

  it('so is room that the prompt does not leave', async () => {
    const lab = await modelLab();
    lab.server.next({
      kind: 'status',
      status: 400,
      message:
        "This model's maximum context length is 8192 tokens. However, you requested 6000 output tokens and your prompt contains at least 4000 input tokens, for a total of at least 10000 tokens.",
    });
    await analyze(lab);
    const limits = lab.server.requests.map(({ body }) => body.max_tokens);
    expect(limits).toEqual([expect.any(Number), undefined]);
  });

  it('a prompt that is longer than the context is refused for good, and says what to change', async () => {
    const lab = await modelLab();
    const message = "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.";
    lab.server.behave({ kind: 'status', status: 400, message });
    await expect(analyze(lab)).rejects.toThrow('AI_CONTEXT_TOKENS');
    expect(lab.server.requests).toHaveLength(1);
  });

  it('answers without numbers are counted by their length', async () => {
    const lab = await modelLab({}, { strict: ['usage'] });
    await analyze(lab);
    expect(lab.usage[0]).toMatchObject({ estimated: true });
    expect(lab.usage[0]?.inputTokens).toBeGreaterThan(100);
  });
});

describe('OpenRouter', () => {
  it('a provider that fails under way answers 200 with an error, and is asked again', async () => {
    const lab = await modelLab();
    lab.server.next({ kind: 'error_in_body', status: 502, message: 'Provider returned error' }, { times: 2 });
    await analyze(lab);
    expect(lab.server.requests).toHaveLength(3);
  });

  it('such an error for want of credit is not tried again', async () => {
    const lab = await modelLab();
    lab.server.behave({ kind: 'error_in_body', status: 402, message: 'Insufficient credits' });
    await expect(analyze(lab)).rejects.toThrow('счёт');
    expect(lab.server.requests).toHaveLength(1);
  });

  it('a text that its moderation has flagged is a refusal and no wrong key', async () => {
    const lab = await modelLab();
    lab.server.behave({
      kind: 'status',
      status: 403,
      message: 'This model requires moderation. Your input was flagged.',
    });
    const failure = await analyze(lab).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermanentFault);
    expect(String(failure)).not.toContain('AI_API_KEY');
    expect(String(failure)).toContain('отказалась');
  });
});

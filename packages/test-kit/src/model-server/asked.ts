import type { ChatRequest } from '../model-server.ts';

/** What a request asks for, as far as answering well needs it: read from its prompt, as a model would. */
export interface Asked {
  /** The name of the schema: analysis, outline, lesson, … */
  readonly name: string;
  readonly language: 'ru' | 'en';
  /** The user's message of the first turn. */
  readonly prompt: string;
  /** Passages or extracts, with their label, without their heading. */
  readonly sources: readonly { readonly label: string; readonly heading: string; readonly text: string }[];
  /** Data blocks by name, such as BRIEF and PLACE. */
  readonly data: Readonly<Record<string, string>>;
}

export function askedIn(body: ChatRequest): Asked {
  const system = body.messages.find(({ role }) => role === 'system')?.content ?? '';
  const prompt = body.messages.find(({ role }) => role === 'user')?.content ?? '';
  const blocks = [...prompt.matchAll(/<<<data (\w+) (\w+)>>>\n([\s\S]*?)\n<<<end \1>>>/g)].map((match) => ({
    label: match[2] ?? '',
    text: match[3] ?? '',
  }));
  return {
    name: body.response_format?.json_schema?.name ?? nameBySchema(system),
    language: /in Russian/.test(system) ? 'ru' : 'en',
    prompt,
    sources: blocks
      .filter(({ label }) => /^[PS]\d+$/.test(label))
      .map(({ label, text }) => {
        const [, heading = '', rest = text] = /^\[([^\]\n]+)\]\n([\s\S]*)$/.exec(text) ?? [];
        return { label, heading, text: rest };
      }),
    data: Object.fromEntries(blocks.map(({ label, text }) => [label, text])),
  };
}

/** A server that is not given the schema as such finds it in the rules. */
function nameBySchema(system: string): string {
  const signs = {
    quiz: '"questions"',
    summary: '"glossary"',
    analysis: '"scope"',
    lesson: '"markdown"',
    outline: '"sections"',
  };
  return Object.entries(signs).find(([, sign]) => system.includes(sign))?.[0] ?? 'section';
}

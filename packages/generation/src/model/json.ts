/** What an answer holds: a JSON value, or what is wrong with it, in words for the model. */
export type Extracted = { readonly value: unknown } | { readonly problem: string };

/**
 * The JSON object in an answer, also where the model put a fence, its thoughts or a remark around it, or left a comma
 * too many. Nothing is invented: an object that is not closed is a problem.
 */
export function extractJson(answer: string): Extracted {
  const text = answer.replace(/<think>[\s\S]*?<\/think>/g, '').trim();
  const fenced = /^[\s\S]*?```(?:json)?\s*\n([\s\S]*)\n```\s*\S*\s*$/.exec(text)?.[1];
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  const candidates = [text, fenced, from >= 0 && to > from ? text.slice(from, to + 1) : undefined];
  let problem = 'the answer holds no JSON object';
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    for (const source of [candidate, mended(candidate)]) {
      try {
        const value: unknown = JSON.parse(source);
        if (typeof value === 'object' && value !== null) return { value };
      } catch (error) {
        problem = `the answer is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`;
      }
    }
  }
  return { problem };
}

/** A comma before a closing bracket, and line breaks inside of strings, which models write and JSON forbids. */
function mended(source: string): string {
  return source.replace(/"(?:[^"\\]|\\[\s\S])*"|,(\s*[}\]])/g, (match, closing: string | undefined) =>
    closing === undefined ? match.replace(/[\n\r\t]/g, (char) => ESCAPES[char] ?? char) : closing,
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

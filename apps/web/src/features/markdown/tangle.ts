/** Deeper than anybody nests quotes and lists; parsers take more than quadratic time in the depth. */
const MAX_DEPTH = 12;
/** Columns before the sign of a list: as deep, at four columns each. */
const MAX_INDENT = 4 * MAX_DEPTH;

/**
 * How many signs a paragraph, and a text, may have that begin or end something: parsers compare each with those before it.
 * A page of formulas, a long table or a listing of code has a few hundred. Code is not compared, so it counts once.
 */
const MAX_MARKS_IN_PARAGRAPH = 1_000;
const MAX_MARKS = 4_000;

const MARKS = /[[\]*_~<$|`&@\\]/g;
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const CONTAINER = />|[-+*]|\d+[.)]/g;
const FENCE = /^ {0,3}(?:```|~~~)/;

/**
 * Whether a text is made to keep a Markdown parser busy, by a person or a model: a few thousand `>` in a row take minutes,
 * in which the server answers nobody. Looks at each character a few times, whatever the text is.
 */
export function isTangled(markdown: string): boolean {
  let all = 0;
  let inParagraph = 0;
  let isCode = false;
  for (const line of markdown.split('\n')) {
    const containers = CONTAINERS.exec(line)?.[0] ?? '';
    if (isTooDeep(containers)) return true;
    const marks = count(line, MARKS) + count(containers, CONTAINER);
    all += marks;
    if (FENCE.test(line)) isCode = !isCode;
    inParagraph = isCode || line.trim() === '' ? 0 : inParagraph + marks;
    if (inParagraph > MAX_MARKS_IN_PARAGRAPH || all > MAX_MARKS) return true;
  }
  return false;
}

function isTooDeep(containers: string): boolean {
  const indent = containers.length - containers.trimStart().length;
  return indent > MAX_INDENT || count(containers, CONTAINER) > MAX_DEPTH;
}

function count(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

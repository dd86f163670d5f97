import type { Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { ALLOWED_HTML } from './allowed-html.ts';
import { citationMarks } from './citation-marks.ts';
import { plainDollars } from './formulas.ts';
import { htmlAsText } from './html-as-text.ts';
import { quoteMark } from './quote-mark.ts';

type Plugins = Required<Pick<Options, 'remarkPlugins' | 'rehypePlugins'>>;

/** A formula as large as a page is a mistake or an attack. */
const FORMULA_MAX_SIZE_EM = 20;

/**
 * The way from Markdown to the page, all of it on the server. What is not needed for a text is left out: colouring code
 * has to learn its languages each time. MathML needs no styles or scripts, and a screen reader reads it.
 */
export function pipelineFor(markdown: string, quote?: string): Plugins {
  const hasFormulas = markdown.includes('$');
  const hasCode = /^[^\n\w`~]{0,40}(`{3,}|~{3,})[ \t]*\w/m.test(markdown);
  const katex = {
    output: 'mathml',
    trust: false,
    strict: 'ignore',
    maxSize: FORMULA_MAX_SIZE_EM,
    errorColor: 'currentcolor',
  } as const;
  return {
    remarkPlugins: [
      remarkGfm,
      ...(hasFormulas ? [remarkMath, plainDollars] : []),
      htmlAsText,
      citationMarks,
    ] as Plugins['remarkPlugins'],
    rehypePlugins: [
      [rehypeSanitize, ALLOWED_HTML],
      ...(hasCode ? [[rehypeHighlight, { plainText: ['mermaid'] }]] : []),
      ...(hasFormulas ? [[rehypeKatex, katex]] : []),
      ...(quote === undefined ? [] : [quoteMark(quote)]),
    ] as Plugins['rehypePlugins'],
  };
}

import { createElement, type ReactElement } from 'react';
import ReactMarkdown from 'react-markdown';
import { withDollars } from '../formulas.ts';
import { pipelineFor } from '../pipeline.ts';

/** What a text becomes, without the components of the page. */
export function markdownTree(text: string, quote?: string): ReactElement {
  const markdown = withDollars(text);
  return createElement(ReactMarkdown, pipelineFor(markdown, quote), markdown);
}

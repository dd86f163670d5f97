import './code.css';
import './formulas.css';
import type { Element } from 'hast';
import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { CITATION_URL } from './citation-marks.ts';
import { Diagram } from './diagram.tsx';
import { withDollars } from './formulas.ts';
import { pipelineFor } from './pipeline.ts';
import { isTangled } from './tangle.ts';

interface MarkdownProps {
  readonly text: string;
  /** What stands for the mark of a citation; without it, nothing does. */
  readonly citation?: (number: number) => ReactNode;
  /** Words to be marked within the text. */
  readonly quote?: string;
  /** Looks like something beside a lesson: smaller. */
  readonly isSmall?: boolean;
}

/**
 * Text from a document, a model or a person, rendered on the server; no script but that of diagrams is sent. What may
 * come out is listed in allowed-html.ts. Headings start below the page's own. A text made to keep the server busy is shown as it was
 * written.
 */
export function Markdown({ text, citation, quote, isSmall }: MarkdownProps) {
  const t = useTranslations('reader');
  const className = isSmall ? 'lesson-text is-small' : 'lesson-text';
  if (isTangled(text)) return <div className={`${className} whitespace-pre-wrap break-words`}>{text}</div>;
  const markdown = withDollars(text);
  const components: Components = {
    h1: (props) => <h3 {...bare(props)} />,
    h2: (props) => <h3 {...bare(props)} />,
    h3: (props) => <h4 {...bare(props)} />,
    h4: (props) => <h5 {...bare(props)} />,
    // A wide table scrolls by itself, not the page; focusable, so that the keyboard can scroll it.
    table: (props) => (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard.
      <div className="overflow-x-auto" tabIndex={0}>
        <table {...bare(props)} />
      </div>
    ),
    pre: (props) => {
      // biome-ignore lint/a11y/noNoninteractiveTabindex: as above.
      const source = <pre tabIndex={0} {...bare(props)} />;
      const diagram = diagramOf(props.node);
      if (diagram === null) return source;
      return (
        <Diagram source={diagram} label={t('diagram')} sourceLabel={t('diagramSource')}>
          {source}
        </Diagram>
      );
    },
    // A box that can't be ticked is a sign, not a control.
    input: ({ checked }) => <span aria-hidden>{checked ? '☑' : '☐'}</span>,
    a: ({ href = '', children }) => {
      if (href.startsWith(CITATION_URL)) return citation?.(Number(href.slice(CITATION_URL.length))) ?? null;
      const isOutside = !href.startsWith('#');
      return (
        <a href={href} rel="noopener noreferrer nofollow" target={isOutside ? '_blank' : undefined}>
          {children}
        </a>
      );
    },
  };
  return (
    <div className={className}>
      <ReactMarkdown {...pipelineFor(markdown, quote)} components={components}>
        {markdown}
      </ReactMarkdown>
    </div>
  );
}

/** The text of a ```mermaid fence. */
function diagramOf(pre: Element | undefined): string | null {
  const code = pre?.children[0];
  if (code?.type !== 'element' || code.tagName !== 'code') return null;
  const classes = code.properties['className'];
  if (!Array.isArray(classes) || !classes.includes('language-mermaid')) return null;
  return code.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
}

/** Drops the syntax node, which is no attribute. */
function bare<T extends { node?: unknown }>({ node: _, ...props }: T): Omit<T, 'node'> & ComponentProps<'div'> {
  return props as never;
}

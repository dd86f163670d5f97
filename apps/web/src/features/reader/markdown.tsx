import type { ComponentProps } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CitationButton } from './citation-button.tsx';
import { CITATION_URL, citationMarks } from './citation-marks.ts';
import type { CitationView } from './content-view.ts';

interface MarkdownProps {
  readonly text: string;
  readonly citations?: readonly CitationView[];
  readonly courseSlug?: string;
}

/**
 * A lesson's text, rendered on the server. Raw HTML is shown as text, never run; addresses other than http(s), mailto
 * and our own are dropped (react-markdown's default). Headings start below the page's own.
 */
export function Markdown({ text, citations = [], courseSlug = '' }: MarkdownProps) {
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above.
    pre: (props) => <pre tabIndex={0} {...bare(props)} />,
    img: ({ alt }) => <span>{alt}</span>,
    a: ({ href = '', children }) => {
      if (!href.startsWith(CITATION_URL)) {
        return (
          <a href={href} rel="noopener noreferrer nofollow" target={href.startsWith('#') ? undefined : '_blank'}>
            {children}
          </a>
        );
      }
      const number = Number(href.slice(CITATION_URL.length));
      const citation = citations.find((candidate) => candidate.number === number);
      return citation ? <CitationButton citation={citation} courseSlug={courseSlug} /> : null;
    },
  };
  return (
    <div className="lesson-text">
      <ReactMarkdown remarkPlugins={[remarkGfm, citationMarks]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

/** Drops the syntax node, which is no attribute. */
function bare<T extends { node?: unknown }>({ node: _, ...props }: T): Omit<T, 'node'> & ComponentProps<'div'> {
  return props as never;
}

interface PassageProps {
  readonly quote: string;
  /** The text around the quote, as it stands in the document; empty when the document has gone. */
  readonly passage: string;
}

/** The quoted words, marked within the passage they are from; by themselves where the passage has them otherwise. */
export function Passage({ quote, passage }: PassageProps) {
  const start = passage.indexOf(quote);
  return (
    <blockquote className="whitespace-pre-line border-primary border-l-4 pl-4 text-muted-foreground text-sm leading-relaxed">
      {start < 0 ? '' : passage.slice(0, start)}
      <mark className="bg-primary-soft py-0.5 font-medium text-foreground">{quote}</mark>
      {start < 0 ? '' : passage.slice(start + quote.length)}
    </blockquote>
  );
}

import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
  /** The heading's level: 1 when this is the whole page. */
  readonly level?: 1 | 2;
}

/** What a page shows when there is nothing (yet): why, and what to do next. */
export function EmptyState({ icon, title, text, action, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="flex flex-col items-center rounded-xl border border-dashed bg-card px-6 py-14 text-center">
      <div
        className="mb-4 grid size-12 place-items-center rounded-full bg-primary-soft text-primary [&_svg]:size-6"
        aria-hidden
      >
        {icon}
      </div>
      <Heading className="text-xl font-semibold">{title}</Heading>
      <p className="mt-2 max-w-md text-muted-foreground leading-relaxed">{text}</p>
      {action ? <div className="mt-6 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  );
}

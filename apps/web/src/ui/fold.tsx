import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface FoldProps {
  /** Null: nothing is folded, the content is simply there. */
  readonly title: string | null;
  readonly children: ReactNode;
}

/** Something secondary, folded away under its title. */
export function Fold({ title, children }: FoldProps) {
  if (title === null) return <div>{children}</div>;
  return (
    <details className="group border-t pt-4">
      <summary className="flex min-h-12 list-none items-center gap-2 rounded-lg font-semibold text-lg [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-5 transition-transform group-open:rotate-90" aria-hidden />
        {title}
      </summary>
      <div className="pt-4">{children}</div>
    </details>
  );
}

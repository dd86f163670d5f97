import type { ReactNode } from 'react';
import { cn } from '@/ui/class-names.ts';

const WIDTHS = { narrow: 'max-w-md', medium: 'max-w-3xl', wide: 'max-w-5xl' } as const;

interface PageFrameProps {
  readonly width?: keyof typeof WIDTHS;
  readonly children: ReactNode;
}

/** The main landmark of a page, where the skip link leads. */
export function PageFrame({ width = 'wide', children }: PageFrameProps) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className={cn('mx-auto w-full px-4 py-8 outline-none sm:px-6 sm:py-12', WIDTHS[width])}
    >
      {children}
    </main>
  );
}

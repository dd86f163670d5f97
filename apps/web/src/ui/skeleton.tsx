import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A grey stand-in of the shape of what is loading. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-lg bg-muted', className)} />;
}

interface LoadingProps {
  /** Said by a screen reader. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Holds the skeletons of a part of a page while it loads. */
export function Loading({ label, className, children }: LoadingProps) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const control =
  'w-full rounded-lg border border-input bg-card px-3 text-base text-foreground placeholder:text-muted-foreground transition-colors aria-invalid:border-danger disabled:opacity-60 sm:text-sm';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(control, 'h-11', className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea rows={3} className={cn(control, 'min-h-20 py-2.5 leading-relaxed', className)} {...props} />;
}

/** The browser's own select: searchable by typing, and the best there is on a phone. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={cn(control, 'h-11 pr-8', className)} {...props} />;
}

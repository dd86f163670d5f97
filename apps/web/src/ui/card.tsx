import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export function Card({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('rounded-xl border bg-card p-5 sm:p-6', className)} {...props} />;
}

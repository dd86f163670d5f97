import { cva } from 'class-variance-authority';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const alertStyles = cva('flex gap-3 rounded-lg border p-4 text-sm leading-relaxed [&>svg]:mt-0.5 [&>svg]:size-4', {
  variants: {
    tone: {
      info: 'bg-primary-soft [&>svg]:text-primary',
      success: 'bg-success-soft [&>svg]:text-success',
      warning: 'bg-warning-soft [&>svg]:text-warning',
      danger: 'bg-danger-soft [&>svg]:text-danger',
    },
  },
});

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;

interface AlertProps {
  readonly tone: keyof typeof ICONS;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
  /** True for something that has just happened: a screen reader says it at once. */
  readonly announce?: boolean;
}

export function Alert({ tone, title, children, className, announce }: AlertProps) {
  const Icon = ICONS[tone];
  return (
    <div role={announce ? 'alert' : undefined} className={cn(alertStyles({ tone }), className)}>
      <Icon className="shrink-0" aria-hidden />
      <div className="min-w-0 space-y-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div>{children}</div> : null}
      </div>
    </div>
  );
}

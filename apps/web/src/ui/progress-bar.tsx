import { Progress } from 'radix-ui';
import { cn } from './class-names.ts';

interface ProgressBarProps {
  /** 0–100. */
  readonly percentage: number;
  readonly label: string;
  readonly className?: string;
}

export function ProgressBar({ percentage, label, className }: ProgressBarProps) {
  return (
    <Progress.Root
      value={percentage}
      aria-label={label}
      getValueLabel={(value) => `${value}%`}
      className={cn('h-2.5 w-full overflow-hidden rounded-full bg-muted', className)}
    >
      <Progress.Indicator
        className="h-full rounded-full bg-primary transition-[width] duration-500"
        style={{ width: `${percentage}%` }}
      />
    </Progress.Root>
  );
}

import { useTranslations } from 'next-intl';
import { cn } from '@/ui/class-names.ts';
import type { DiffLine } from './text-diff.ts';

/** What an earlier text has otherwise than the one of now: its own lines struck out, those of now below them. */
export function DiffView({ lines }: { readonly lines: readonly DiffLine[] }) {
  const t = useTranslations('versions');
  if (lines.length === 0) return <p className="text-muted-foreground">{t('same')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard.
    <div className="overflow-x-auto rounded-xl border bg-card text-sm" tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of two texts that do not change here.
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  const t = useTranslations('versions');
  if (line.kind === 'skipped') {
    return <p className="bg-muted px-4 py-1 text-muted-foreground">{t('skipped', { count: line.count })}</p>;
  }
  const { kind } = line;
  const Tag = kind === 'removed' ? 'del' : kind === 'added' ? 'ins' : 'div';
  return (
    <Tag
      className={cn(
        'block min-h-7 whitespace-pre-wrap border-l-4 px-4 py-1 no-underline leading-relaxed',
        kind === 'same' && 'border-l-transparent',
        kind === 'removed' && 'border-l-danger bg-danger-soft',
        kind === 'added' && 'border-l-success bg-success-soft',
      )}
    >
      {kind === 'same' ? null : <span className="sr-only">{t(kind)} </span>}
      {line.parts.map(({ text, isChanged }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          key={index}
          className={isChanged ? cn('font-semibold', kind === 'removed' ? 'line-through' : 'underline') : undefined}
        >
          {text}
        </span>
      ))}
    </Tag>
  );
}

import { useTranslations } from 'next-intl';
import { ProgressBar } from '@/ui/progress-bar.tsx';

/** How much of a course has been read. */
export function ReadShare({ read, total }: { readonly read: number; readonly total: number }) {
  const t = useTranslations('reading');
  return (
    <div className="flex max-w-md items-center gap-3 text-muted-foreground text-sm">
      <ProgressBar
        percentage={total === 0 ? 0 : Math.floor((100 * read) / total)}
        label={t('bar')}
        className="flex-1"
      />
      <span className="shrink-0">{t('share', { read, total })}</span>
    </div>
  );
}

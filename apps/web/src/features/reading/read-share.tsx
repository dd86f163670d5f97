import { useTranslations } from 'next-intl';

/** How much of a course has been read. Rendered on the server: it changes with the page only. */
export function ReadShare({ read, total }: { readonly read: number; readonly total: number }) {
  const t = useTranslations('reading');
  return (
    <div className="flex max-w-md items-center gap-3 text-muted-foreground text-sm">
      <progress
        value={read}
        max={total}
        aria-label={t('bar')}
        className="h-2.5 flex-1 appearance-none overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:bg-primary"
      />
      <span className="shrink-0">{t('share', { read, total })}</span>
    </div>
  );
}

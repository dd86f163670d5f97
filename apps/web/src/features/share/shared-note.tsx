import { useTranslations } from 'next-intl';

/** Says what a reader with a link is looking at. */
export function SharedNote() {
  const t = useTranslations('share');
  return <p className="text-muted-foreground text-sm">{t('note')}</p>;
}

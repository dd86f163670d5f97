import { useTranslations } from 'next-intl';

/** Says honestly what made the course. */
export function EngineNote({ engine }: { readonly engine: string | null }) {
  const t = useTranslations('reader');
  if (engine === null) return null;
  const name = engine.startsWith('extractive') ? t('engineExtractive') : t('engineModel', { name: engine });
  return <span>{t('engine', { engine: name })}</span>;
}

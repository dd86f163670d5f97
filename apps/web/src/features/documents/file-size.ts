import { useTranslations } from 'next-intl';

const UNITS = ['bytes', 'kilobytes', 'megabytes'] as const;

/**
 * Writes a size for people, in the language of the page: 10 MB. By our own texts, as the first use of `Intl.NumberFormat`
 * costs a phone a tenth of a second.
 */
export function useFileSize(): (bytes: number) => string {
  const t = useTranslations('common');
  return (bytes) => {
    const power = Math.min(UNITS.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
    const digits = power === 2 && bytes < 10 * 1024 * 1024 ? 1 : 0;
    const size = String(Number((bytes / 1024 ** power).toFixed(digits))).replace('.', t('decimalMark'));
    return t(UNITS[power] ?? 'bytes', { size });
  };
}

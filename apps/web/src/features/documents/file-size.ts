const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** A size for people, in the language of the page: 10 MB. */
export function formatFileSize(bytes: number, locale: string): string {
  const power = Math.min(UNITS.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const unit = UNITS[power] ?? 'byte';
  const digits = power === 2 && bytes < 10 * 1024 * 1024 ? 1 : 0;
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits });
  return format.format(bytes / 1024 ** power);
}

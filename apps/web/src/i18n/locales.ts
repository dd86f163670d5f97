/** Languages of the interface; the first is the default. (What a course is written in is another thing.) */
export const LOCALES = ['ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each by its own name. Written down, as a browser takes 30 ms to be asked for its names of languages. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { ru: 'Русский', en: 'English' };

const DEFAULT_LOCALE: Locale = 'ru';
export const LOCALE_COOKIE = 'locale';

export function isLocale(value: unknown): value is Locale {
  return (LOCALES as readonly unknown[]).includes(value);
}

/** The best of our languages for an `Accept-Language` header; the default when it names none of them. */
export function localeFromHeader(header: string | null): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((entry) => entry.quality > 0 && isLocale(entry.language))
    .sort((a, b) => b.quality - a.quality);
  const best = wanted[0]?.language;
  return isLocale(best) ? best : DEFAULT_LOCALE;
}

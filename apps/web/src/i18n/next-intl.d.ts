import type { Locale } from './locales.ts';
import type ru from './messages/ru.json';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof ru;
  }
}

import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSite } from './site.ts';
import { type Look, takeScreenshots } from './take-screenshots.ts';
import { DESKTOP, PHONE } from './visit.ts';

/**
 * `pnpm screenshots [folder]`: pictures of every page on a throw-away stack, at a desk and on a phone, light and
 * dark, Russian and English. Those that the README shows are copied to docs/images.
 */
const LOOKS: readonly Look[] = [
  { name: 'desktop', options: { viewport: DESKTOP, locale: 'ru-RU', colorScheme: 'light' } },
  {
    name: 'phone',
    options: { viewport: PHONE, isMobile: true, hasTouch: true, locale: 'ru-RU', colorScheme: 'light' },
  },
  { name: 'desktop-dark-en', options: { viewport: DESKTOP, locale: 'en-US', colorScheme: 'dark' } },
];

const directory = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../test-results/screenshots'));
const images = resolve(import.meta.dirname, '../../../docs/images');
const SHOWN = {
  'course.png': 'desktop-lesson-top.png',
  'progress.png': 'desktop-progress-lessons.png',
  'phone.png': 'phone-lesson-top.png',
  'admin.png': 'desktop-admin.png',
};
const site = await startSite();
try {
  for (const look of LOOKS) {
    for (const path of await takeScreenshots(site, directory, look)) process.stdout.write(`${path}\n`);
  }
  mkdirSync(images, { recursive: true });
  for (const [name, picture] of Object.entries(SHOWN)) copyFileSync(join(directory, picture), join(images, name));
} finally {
  await site.close();
}

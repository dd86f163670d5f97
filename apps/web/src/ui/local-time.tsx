'use client';

import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';

const never = () => () => {};
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverZone = () => 'UTC';

const FORMATS = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the reader's own time zone, which only their browser knows. */
export function LocalTime({ iso, as }: { readonly iso: string; readonly as: keyof typeof FORMATS }) {
  const locale = useLocale();
  const timeZone = useSyncExternalStore(never, ownZone, serverZone);
  return (
    <time dateTime={iso}>{new Intl.DateTimeFormat(locale, { ...FORMATS[as], timeZone }).format(new Date(iso))}</time>
  );
}

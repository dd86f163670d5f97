'use client';

import { useLocale, useTimeZone } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { DEFAULT_TIME_ZONE, offsetMinutes, TIME_ZONE_COOKIE } from '@/i18n/time-zone.ts';

const FORMATS = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

interface LocalTimeProps {
  readonly iso: string;
  readonly as: keyof typeof FORMATS;
}

/**
 * A moment in the reader's own time zone, which only their browser knows. The server writes it for the zone that the browser
 * told last time, and the browser writes it anew only where its clock differs: the first use of `Intl.DateTimeFormat`
 * costs a phone a tenth of a second.
 */
export function LocalTime({ iso, as }: LocalTimeProps) {
  const locale = useLocale();
  return <Written key={`${iso} ${as} ${locale}`} iso={iso} as={as} locale={locale} />;
}

const isServer = typeof window === 'undefined';
const never = () => () => {};

function Written({ iso, as, locale }: LocalTimeProps & { readonly locale: string }) {
  const serverZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const comesFromServer = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  // Null: as the server has written it.
  const [text, setText] = useState(() => {
    if (isServer) return format(iso, as, locale, serverZone);
    return comesFromServer ? null : format(iso, as, locale, ownZone());
  });
  const element = useRef<HTMLTimeElement>(null);

  useEffect(() => {
    if (text !== null || -new Date(iso).getTimezoneOffset() === Number(element.current?.dataset['offset'])) return;
    tellServer(ownZone());
    setText(format(iso, as, locale, ownZone()));
  }, [text, iso, as, locale]);

  return (
    <time
      ref={element}
      dateTime={iso}
      data-offset={isServer ? offsetMinutes(new Date(iso), serverZone) : undefined}
      suppressHydrationWarning
    >
      {text ?? ''}
    </time>
  );
}

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const YEAR_S = 365 * 24 * 60 * 60;

function tellServer(timeZone: string): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the asynchronous way is not there in every browser, nor without https.
  document.cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(timeZone)}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(iso: string, as: keyof typeof FORMATS, locale: string, timeZone: string): string {
  const key = `${as} ${locale} ${timeZone}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...FORMATS[as], timeZone });
  formats.set(key, made);
  return made.format(new Date(iso));
}

/** Where a browser is, as it has told (see `LocalTime`): an IANA name. */
export const TIME_ZONE_COOKIE = 'time-zone';

/** Times of visitors of whom nothing is known yet. */
export const DEFAULT_TIME_ZONE = 'UTC';

/** `name` where it is a time zone that this platform knows, else the default: a cookie can hold anything. */
export function timeZoneOr(name: string | undefined): string {
  if (name === undefined) return DEFAULT_TIME_ZONE;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return DEFAULT_TIME_ZONE;
  }
}

/** Minutes that the clocks of a zone are ahead of UTC at a moment. */
export function offsetMinutes(moment: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

import { expect, test } from 'vitest';
import { DEFAULT_TIME_ZONE, offsetMinutes, timeZoneOr } from './time-zone.ts';

test('a time zone is believed only if it is one', () => {
  expect(timeZoneOr('Asia/Vladivostok')).toBe('Asia/Vladivostok');
  for (const name of [undefined, '', 'Mars/Olympus', '<script>', '../../etc/passwd']) {
    expect(timeZoneOr(name)).toBe(DEFAULT_TIME_ZONE);
  }
});

test.for([
  ['UTC', '2026-07-01T00:00:00Z', 0],
  ['Asia/Kolkata', '2026-07-01T00:00:00Z', 330],
  ['America/New_York', '2026-01-01T00:00:00Z', -300],
  ['America/New_York', '2026-07-01T00:00:00Z', -240],
] as const)('the clocks of %s at %s are %d minutes ahead of UTC', ([zone, moment, minutes]) => {
  expect(offsetMinutes(new Date(moment), zone)).toBe(minutes);
});

import { useFormatter } from 'next-intl';

/** Says a duration in its two largest units, in the reader's language. */
export function useDuration(): (ms: number) => string {
  const format = useFormatter();
  const part = (value: number, unit: 'second' | 'minute' | 'hour') =>
    format.number(value, { style: 'unit', unit, unitDisplay: 'short' });
  return (ms) => {
    const seconds = Math.max(0, Math.round(ms / 1_000));
    if (seconds < 60) return part(seconds, 'second');
    if (seconds < 3_600) return `${part(Math.floor(seconds / 60), 'minute')} ${part(seconds % 60, 'second')}`;
    return `${part(Math.floor(seconds / 3_600), 'hour')} ${part(Math.floor((seconds % 3_600) / 60), 'minute')}`;
  };
}

import { type ClassValue, clsx } from 'clsx';

/**
 * Joins class names; the falsy are left out. Of two Tailwind classes that contradict each other the stylesheet's order decides,
 * not this one: say the one that shall win with a `!`. (tailwind-merge knows better, for a tenth of a second of a phone's start.)
 */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}

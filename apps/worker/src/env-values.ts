import { z } from 'zod';

/** `NAME=` in a compose file means the same as leaving it out. */
export const blankIsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());

/** A whole number from 1 to `max`, written in digits. Anything else is a problem, never "no limit". */
export const wholeNumber = (max: number, fallback: number) =>
  z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^\d{1,9}$/, `must be a whole number from 1 to ${max}`)
      .transform(Number)
      .refine((value) => value >= 1 && value <= max, `must be a whole number from 1 to ${max}`)
      .default(fallback),
  );

/** `true` or `false`. */
export const flag = (fallback: boolean) =>
  z.preprocess(
    blankIsUnset,
    z
      .enum(['true', 'false'])
      .default(fallback ? 'true' : 'false')
      .transform((value) => value === 'true'),
  );

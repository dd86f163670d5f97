import type { z } from 'zod';
import type { GateFailure } from '../gates.ts';

/** What is wrong with a value's shape, as failures that can go back to the model. */
export function schemaFailures(schema: z.ZodType, value: unknown): GateFailure[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({ gate: 'schema', detail: `${path.join('.')}: ${message}` }));
}

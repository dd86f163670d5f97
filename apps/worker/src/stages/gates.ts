import { Fault } from '@megacampus/domain/errors';
import type { GateFailure } from '@megacampus/generation/gates';
import type { z } from 'zod';

/** An engine's output that did not pass a gate. Another attempt may do better, so it is not permanent. */
class GateError extends Fault {
  constructor(what: string, details: readonly string[]) {
    super('internal', `${what} did not pass its gates: ${details.slice(0, 5).join('; ')}`, {
      retry: true,
      context: { details },
    });
    this.name = 'GateError';
  }
}

/** An output that has its schema's shape and no failed gate. @throws GateError else: it is never stored. */
export function requirePassed<T>(
  what: string,
  schema: z.ZodType<T>,
  output: unknown,
  check: (value: T) => readonly GateFailure[] = () => [],
): T {
  const parsed = schema.safeParse(output);
  if (!parsed.success) {
    throw new GateError(
      what,
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const failures = check(parsed.data);
  if (failures.length > 0) {
    throw new GateError(
      what,
      failures.map(({ gate, detail }) => `${gate}: ${detail}`),
    );
  }
  return parsed.data;
}

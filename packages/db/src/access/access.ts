import type { z } from 'zod';
import type { CallOptions, Rpc } from '../rpc.ts';

/**
 * How a server asks the database on the way of a generation: through the REST API (`rest-access.ts`) or straight
 * (`direct-access.ts`). Both reach the same functions with the same rights, answer in the same shapes and fail with the
 * same faults; one suite holds them to that.
 */
export interface Access {
  readonly rpc: Rpc;
  /** The row of the view with this id; null when there is none. @throws UnavailableFault, Fault */
  readonly findById: <T>(
    view: 'admissions',
    id: string,
    schema: z.ZodType<T>,
    options?: CallOptions,
  ) => Promise<T | null>;
}

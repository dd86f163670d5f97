import { Fault, UnavailableFault } from '@megacampus/domain/errors';

/**
 * Names the failure of something that only Redis can fail at: down, frozen, out of memory, read-only.
 * @throws UnavailableFault with the cause; a `Fault` of our own passes unchanged.
 */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Fault ? error : new UnavailableFault('redis', error);
  }
}

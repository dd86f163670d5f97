export interface WaitOptions {
  /** Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Default 25 ms. */
  readonly intervalMs?: number;
  /** What is awaited, for the error message. */
  readonly what?: string;
}

/**
 * Asks until the answer is neither false, null nor undefined, and returns it. An error of the last try is the
 * cause of the timeout error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 25, what = 'the condition' }: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const endsAt = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await condition();
      if (isYes(answer)) return answer;
    } catch (err) {
      failure = err;
    }
    if (Date.now() >= endsAt) throw new Error(`Waited ${timeoutMs} ms for ${what}`, { cause: failure });
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

function isYes<T>(answer: T): answer is Exclude<T, false | null | undefined> {
  return answer !== false && answer !== null && answer !== undefined;
}

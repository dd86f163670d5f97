/** Runs `read`, or joins the one under way for the same key. */
export type SingleFlight<T> = (key: string, read: () => Promise<T>) => Promise<T>;

/**
 * Lets callers that ask the same question at the same time share one answer: while a call for `key` is under way,
 * further ones join it. For reads only.
 */
export function createSingleFlight<T>(): SingleFlight<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, read) => {
    const joined = underWay.get(key);
    if (joined) return joined;
    const answer = read().finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}

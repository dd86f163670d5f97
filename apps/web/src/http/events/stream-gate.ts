/** Open streams are bounded: each holds a connection and reads the database every few seconds. */
export interface StreamGate {
  /** True, and one more counted, while the user has fewer than the limit; `leave` must follow. */
  enter(userId: string): boolean;
  leave(userId: string): void;
}

/** Several tabs on several courses are fine; a loop that opens streams is not. */
const MAX_STREAMS_PER_USER = 20;

export function createStreamGate(maxPerUser: number = MAX_STREAMS_PER_USER): StreamGate {
  const open = new Map<string, number>();
  return {
    enter(userId) {
      const count = open.get(userId) ?? 0;
      if (count >= maxPerUser) return false;
      open.set(userId, count + 1);
      return true;
    },
    leave(userId) {
      const left = (open.get(userId) ?? 0) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    },
  };
}

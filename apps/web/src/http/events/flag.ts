/** "Something has changed": raised any number of times, noticed once. So a burst of changes is never a queue. */
export interface Flag {
  raise(): void;
  /** Resolves when the flag is or has been raised, lowering it; or after `timeoutMs`; or when `signal` aborts. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createFlag(): Flag {
  let raised = false;
  let wake = () => {};
  return {
    raise() {
      raised = true;
      wake();
    },
    async wait(timeoutMs, signal) {
      if (!raised && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, timeoutMs);
          function done() {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
          wake = done;
          signal.addEventListener('abort', done);
        });
      }
      raised = false;
      wake = () => {};
    },
  };
}

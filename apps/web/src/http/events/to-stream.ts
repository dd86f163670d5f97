/**
 * A response body of `texts`. The first is awaited here, so that what it throws can still become a proper answer.
 * The next is asked for only when the last has been taken, so a slow client costs one text of memory; and
 * `stop` ends it even while the client takes nothing; it is aborted when the client goes away.
 */
export async function toStream(
  texts: AsyncGenerator<string, void>,
  stop: AbortController,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<string, void>> | undefined = Promise.resolve(await texts.next());
  const finish = () => {
    texts.return().catch(() => {});
  };
  return new ReadableStream<Uint8Array>(
    {
      start() {
        stop.signal.addEventListener('abort', finish, { once: true });
        if (stop.signal.aborted) finish();
      },
      async pull(controller) {
        const { done, value } = await (next ?? texts.next());
        next = undefined;
        if (done) {
          stop.signal.removeEventListener('abort', finish);
          controller.close();
        } else {
          controller.enqueue(encoder.encode(value));
        }
      },
      cancel: () => stop.abort(),
    },
    { highWaterMark: 0 },
  );
}

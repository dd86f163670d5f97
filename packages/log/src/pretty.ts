import type { DestinationStream } from 'pino';
import { prettyFactory } from 'pino-pretty';

/**
 * A stream that turns each line into readable text before it reaches `destination`. Synchronous and in this
 * process: lines keep their order with those of other streams, and none is lost when the process ends.
 */
export function pinoPretty(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY === true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname',
  });
  return { write: (line) => destination.write(format(line) ?? '') };
}

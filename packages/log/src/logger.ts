import { type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { pinoPretty } from './pretty.ts';
import { redactText, toLoggable } from './redact.ts';

/**
 * The one kind of logger. Context travels by `log.child({ requestId })`: whoever learns a fact makes a child
 * and hands it on, so that every line of a request or a job carries it.
 */
export type Logger = PinoLogger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  /** The process: `web`, `worker`. */
  readonly name: string;
  readonly level: LogLevel;
  /** Lines for a person instead of JSON. In this process, as a stream: a transport's thread breaks Next's build. */
  readonly pretty?: boolean;
  /** Where lines go; standard output when not given. */
  readonly destination?: DestinationStream;
  /** Also given every line, as JSON and redacted, whether lines are pretty or not. */
  readonly tap?: (json: string) => void;
}

/**
 * Makes the process's logger: `log.warn({ err, generationId }, 'constant message')`. Fields with secret names
 * are redacted at any depth, in children too, and tokens are cut out of texts.
 */
export function createLogger(options: LoggerOptions): Logger {
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  const output = options.pretty ? pinoPretty(destination) : destination;
  const stream = options.tap ? withTap(output, options.tap) : output;
  const logger = pino(
    {
      name: options.name,
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      // The formatters below already turn errors into data; pino's own serializer would do it a second time.
      serializers: { err: (value: unknown) => value },
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (fields) => toLoggable(fields) as Record<string, unknown>,
        log: (fields) => toLoggable(fields) as Record<string, unknown>,
      },
      hooks: {
        // pino drops an object that follows the message; put it where it counts.
        logMethod(args, method) {
          const [first, second] = args as [unknown, unknown];
          if (typeof first === 'string' && typeof second === 'object' && second !== null && args.length === 2) {
            return method.call(this, second, first);
          }
          return method.apply(this, args);
        },
        streamWrite: redactText,
      },
    },
    stream,
  );
  // pino does not apply the bindings formatter to children. They inherit this method from the logger they are
  // made of, however deep.
  const child = logger.child;
  Object.assign(logger, {
    child(this: Logger, bindings: Bindings, childOptions?: ChildLoggerOptions) {
      const carried = facts.get(this) ?? {};
      // A line with a key twice is no good JSON.
      const added = Object.fromEntries(Object.entries(bindings).filter(([key, value]) => carried[key] !== value));
      const made = child.call<Logger, [Bindings, ChildLoggerOptions?], Logger>(
        this,
        toLoggable(added) as Bindings,
        childOptions,
      );
      facts.set(made, { ...carried, ...added });
      return made;
    },
  });
  return logger;
}

/** What a logger carries; pino itself keeps it as text only. */
const facts = new WeakMap<Logger, Bindings>();

function withTap(output: DestinationStream, tap: (json: string) => void): DestinationStream {
  return {
    write(line) {
      output.write(line);
      tap(line);
    },
  };
}

/** Most lines that one attempt adds to its job: enough to follow it, bounded for Redis. */
const MAX_LINES = 300;
const SHOWN_LEVELS = new Set(['info', 'warn', 'error', 'fatal']);

/** Fields that are the same on every line of a job; its page in Bull Board shows them already. */
const COMMON_FIELDS = new Set([
  'level',
  'time',
  'msg',
  'name',
  'pid',
  'requestId',
  'userId',
  'tier',
  'courseId',
  'generationId',
  'jobId',
  'stage',
  'attempt',
  'workerId',
]);

/**
 * Copies the log lines of a running job (info and above) to the job itself, where Bull Board shows them. Sits
 * behind the logger, so that lines arrive after redaction; never delays or fails the job.
 */
export class JobLog {
  readonly #sinks = new Map<string, (line: string) => void>();

  /** For the logger: sees every line as JSON. */
  readonly tap = (json: string): void => {
    if (this.#sinks.size === 0 || !json.includes('"jobId"')) return;
    const fields = parseLine(json);
    if (!fields || !SHOWN_LEVELS.has(String(fields['level']))) return;
    this.#sinks.get(String(fields['jobId']))?.(formatLine(fields));
  };

  /** Sends the lines that carry `jobId` to `write` until the returned function is called. */
  attach(jobId: string, write: (line: string) => Promise<unknown>): () => void {
    let lines = 0;
    const sink = (line: string) => {
      lines += 1;
      if (lines > MAX_LINES) return;
      write(lines === MAX_LINES ? '… further lines are in the log of the worker only' : line).catch(() => {});
    };
    this.#sinks.set(jobId, sink);
    return () => {
      if (this.#sinks.get(jobId) === sink) this.#sinks.delete(jobId);
    };
  }
}

function parseLine(json: string): Record<string, unknown> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function formatLine(fields: Record<string, unknown>): string {
  const rest = Object.entries(fields)
    .filter(([key]) => !COMMON_FIELDS.has(key))
    .map(([key, value]) => [key, key === 'err' ? messageOf(value) : value] as const);
  const extra = rest.length > 0 ? ` ${JSON.stringify(Object.fromEntries(rest))}` : '';
  return `${fields['time']} ${String(fields['level']).toUpperCase()} ${fields['msg']}${extra}`.slice(0, 2_000);
}

function messageOf(err: unknown): unknown {
  return typeof err === 'object' && err !== null && 'message' in err ? err.message : err;
}

import { stripVTControlCharacters } from 'node:util';
import type { Log } from '../process/child.ts';

const COLORS: Record<string, number> = { web: 36, worker: 35, postgres: 34, redis: 31, supabase: 32, build: 33 };
const LEVELS: Record<string, number> = { trace: 90, debug: 90, info: 32, warn: 33, error: 31, fatal: 31 };
/** Fields that say nothing to a person reading along. */
const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'name', 'v']);

export interface OutputOptions {
  readonly verbose: boolean;
  readonly color: boolean;
  readonly write: (text: string) => void;
}

/** Prints lines as `source | text`, JSON log lines in readable form, and drops the chatter of the servers. */
export function createOutput({ verbose, color, write }: OutputOptions): Log {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return (source, raw) => {
    const line = stripVTControlCharacters(raw).trimEnd();
    if (line === '' || (!verbose && isChatter(source, line))) return;
    write(`${paint(COLORS[source] ?? 90, source.padEnd(8))} | ${prettyLine(line, paint)}\n`);
  };
}

type Paint = (code: number, text: string) => string;

function prettyLine(line: string, paint: Paint): string {
  const entry = parseEntry(line);
  if (entry === null) return line;
  const level = String(entry['level']);
  const time = new Date(entry['time'] as string | number).toISOString().slice(11, 23);
  const fields = Object.entries(entry).filter(([key]) => !HIDDEN.has(key) && key !== 'err');
  const words = fields.map(([key, value]) => paint(90, `${key}=`) + text(value));
  const head = `${time} ${paint(LEVELS[level] ?? 90, level.toUpperCase().padEnd(5))} ${entry['msg'] ?? ''}`;
  return [head, ...words].join(' ') + errorText(entry['err']);
}

function parseEntry(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry: unknown = JSON.parse(line);
    const isEntry = typeof entry === 'object' && entry !== null && 'level' in entry && 'time' in entry;
    return isEntry ? (entry as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function errorText(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { stack, message } = err as { stack?: string; message?: string };
  return `\n${(stack ?? message ?? JSON.stringify(err)).replace(/^/gm, '    ')}`;
}

/** What the servers print in every good start, and the API its keys; faults are never chatter. */
function isChatter(source: string, line: string): boolean {
  switch (source) {
    case 'build':
      return true; // a build that fails puts its last lines into the error
    case 'postgres':
      return (
        line.includes('the database system is starting up') ||
        !/(ERROR|FATAL|PANIC|WARNING):|starting it again|did not start/.test(line)
      );
    case 'redis':
      return !/(error|fail|can't|unable|Using|starting it again)/i.test(line) || line.includes('overcommit');
    case 'supabase':
      // Of a mail stay the address and the subject, which holds the link.
      return /EXPERIMENTAL FEATURES|➜|^Ready in|^[A-Z].* with this code: |^Or follow this link: /.test(line);
    case 'migrate':
      return /EXPERIMENTAL FEATURES|is up to date/.test(line);
    default:
      return false;
  }
}

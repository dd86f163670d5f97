import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from './logger.ts';

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ name: 'test', level: 'info', destination, ...options });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

/** As our faults are: the name is set, the context is an own field. */
class FaultWithContext extends Error {
  override readonly name = 'FaultWithContext';
  readonly retry = false;
  readonly context = { documentId: 'd', password: 'p' };
}

describe('createLogger', () => {
  it('writes one line of JSON with the level by name, an ISO time, the fields and the message', () => {
    const { log, last } = capture();
    log.warn({ generationId: 'g' }, 'said');
    expect(last()).toMatchObject({ level: 'warn', name: 'test', generationId: 'g', msg: 'said' });
    expect(new Date(last()['time'] as string).getTime()).toBeGreaterThan(0);
  });

  it('carries the fields of children, of children too, and redacts them', () => {
    const { log, last, lines } = capture();
    log
      .child({ requestId: 'r', cookie: 'hunter2' })
      .child({ userId: 'u', auth: { access_token: 'hunter2' } })
      .info('x');
    expect(last()).toMatchObject({
      requestId: 'r',
      userId: 'u',
      cookie: '[redacted]',
      auth: { access_token: '[redacted]' },
    });
    expect(lines.join()).not.toContain('hunter2');
  });

  it('says a fact once, however many children were told it', () => {
    const { log, last, lines } = capture();
    log.child({ courseId: 'c' }).child({ courseId: 'c', generationId: 'g' }).info('x');
    expect(last()).toMatchObject({ courseId: 'c', generationId: 'g' });
    expect(lines.join().match(/"courseId"/g)).toHaveLength(1);
  });

  it('never writes a secret, wherever it stands', () => {
    const { log, lines } = capture();
    const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';
    log.info({ req: { headers: { authorization: `Bearer ${secret}` } } }, 'request');
    log.error({ err: new Error(`bad token ${secret}`, { cause: { apikey: secret } }) }, `token ${secret}`);
    log.info({ list: [`x ${secret}`], env: { SUPABASE_SECRET_KEY: 'sb_secret_zzz' } }, 'start');
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toMatch(/c2ln|sb_secret_zzz/);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('keeps an error whole under any key: type, stack, cause and the context of a fault', () => {
    const { log, last } = capture();
    const err = new FaultWithContext('unreadable', { cause: new Error('inner') });
    log.error({ err, error: new Error('other') }, 'failed');
    expect(last()).toMatchObject({
      err: {
        type: 'FaultWithContext',
        message: 'unreadable',
        retry: false,
        context: { documentId: 'd', password: '[redacted]' },
        cause: { message: 'inner' },
      },
      error: { message: 'other' },
    });
    log.error(err);
    expect(last()).toMatchObject({ err: { message: 'unreadable' }, msg: 'unreadable' });
  });

  it('does not lose an object given after the message', () => {
    const { log, last } = capture();
    (log.error as (...args: unknown[]) => void)('said', { generationId: 'g' });
    expect(last()).toMatchObject({ msg: 'said', generationId: 'g' });
  });

  it('writes readable lines in this process when pretty, redacted as well', () => {
    const { log, lines } = capture({ pretty: true });
    log.warn({ token: 'hunter2', generationId: 'g' }, 'said');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/WARN.*said/);
    expect(lines[0]).toContain('generationId');
    expect(lines[0]).not.toContain('hunter2');
  });

  it('is silent below its level', () => {
    const { log, lines } = capture({ level: 'warn' });
    log.info('quiet');
    expect(lines).toEqual([]);
  });
});

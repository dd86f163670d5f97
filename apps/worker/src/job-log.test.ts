import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import { JobLog } from './job-log.ts';

function setUp() {
  const jobLog = new JobLog();
  const log = createLogger({ name: 'worker', level: 'debug', destination: { write: jobLog.tap } });
  return { jobLog, log: log.child({ jobId: 'gen.finalization', courseId: 'c1' }) };
}

test('lines of a running job, from info up, reach its own log after redaction', () => {
  const { jobLog, log } = setUp();
  const lines: string[] = [];
  const detach = jobLog.attach('gen.finalization', async (line) => lines.push(line));
  log.debug('too quiet');
  log.info({ lessons: 3, password: 'hunter2' }, 'summary stored');
  log.child({ jobId: 'another' }).warn('not mine');
  detach();
  log.info('after the end');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/INFO summary stored \{"lessons":3,"password":"\[redacted\]"\}$/);
});

test('a failing write neither throws nor stops the next line', async () => {
  const { jobLog, log } = setUp();
  let writes = 0;
  jobLog.attach('gen.finalization', async () => {
    writes += 1;
    throw new Error('Redis is gone');
  });
  log.warn({ err: new Error('broken') }, 'first');
  log.info('second');
  await Promise.resolve();
  expect(writes).toBe(2);
});

test('one attempt cannot fill Redis with lines', () => {
  const { jobLog, log } = setUp();
  const lines: string[] = [];
  jobLog.attach('gen.finalization', async (line) => lines.push(line));
  for (let i = 0; i < 1_000; i += 1) log.info('again');
  expect(lines).toHaveLength(300);
});

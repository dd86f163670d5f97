import { expect, test } from 'vitest';
import { createOutput } from './output.ts';

function print(source: string, line: string, verbose = false): string {
  let printed = '';
  createOutput({
    verbose,
    color: false,
    write: (text) => {
      printed += text;
    },
  })(source, line);
  return printed;
}

test('a JSON log line is told in words, with its fields and the stack of its error', () => {
  const entry = { level: 'warn', time: '2026-11-23T10:00:00.123Z', pid: 1, msg: 'rolled back', courseId: 'c1' };
  const line = JSON.stringify({ ...entry, err: { message: 'no', stack: 'Error: no\n  at x' } });
  expect(print('worker', line)).toBe(
    'worker   | 10:00:00.123 WARN  rolled back courseId=c1\n    Error: no\n      at x\n',
  );
});

test('other lines stay as they are, without colours', () => {
  expect(print('web', '\u001b[32mReady\u001b[0m in 1 s')).toBe('web      | Ready in 1 s\n');
  expect(print('web', '{"not":"a log line"}')).toBe('web      | {"not":"a log line"}\n');
});

test('keys are never printed, nor what the servers say at every start', () => {
  expect(print('supabase', ' ➜ Secret key          sb_secret_abc')).toBe('');
  expect(print('postgres', '2026 LOG:  database system is ready to accept connections')).toBe('');
  expect(print('postgres', '2026 FATAL:  could not write lock file')).toContain('could not write');
  expect(print('redis', "1:M # Can't open the append-only file: Permission denied")).toContain("Can't open");
});

test('of a mail that is not sent, its address and its link are printed, and no link that leads nowhere', () => {
  const mail = [
    '[@supabase/lite] email captured (not delivered)',
    'To: anna@school.test',
    'Subject: http://localhost:3000/auth/confirm?token_hash=5f3a&type=recovery',
    'Reset your password with this code: 123456',
    'Or follow this link: http://localhost:3000/auth/v1/verify?token=5f3a&type=recovery',
  ];
  expect(mail.map((line) => print('supabase', line)).filter(Boolean)).toEqual([
    'supabase | [@supabase/lite] email captured (not delivered)\n',
    'supabase | To: anna@school.test\n',
    'supabase | Subject: http://localhost:3000/auth/confirm?token_hash=5f3a&type=recovery\n',
  ]);
});

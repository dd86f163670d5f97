import { tierPolicy } from '@megacampus/domain/tiers';
import { expect, test } from 'vitest';
import { checkFile } from './check-file.ts';
import { storagePath } from './storage-path.ts';

const basic = tierPolicy('BASIC');
const premium = tierPolicy('PREMIUM');

test('a file is checked against the policy of the tier', () => {
  expect(checkFile({ name: 'Лекция.md', size: 10 }, [], basic)).toBeNull();
  expect(checkFile({ name: 'slides.PPTX', size: 10 }, [], premium)).toBeNull();
  expect(checkFile({ name: 'slides.pptx', size: 10 }, [], basic)).toBe('errorType');
  expect(checkFile({ name: 'run.exe', size: 10 }, [], premium)).toBe('errorType');
  expect(checkFile({ name: 'README', size: 10 }, [], premium)).toBe('errorType');
  expect(checkFile({ name: 'a.md', size: 0 }, [], basic)).toBe('errorEmpty');
  expect(checkFile({ name: 'a.md', size: basic.maxFileSizeBytes }, [], basic)).toBeNull();
  expect(checkFile({ name: 'a.md', size: basic.maxFileSizeBytes + 1 }, [], basic)).toBe('errorSize');
  expect(checkFile({ name: 'b.md', size: 10 }, ['a.md'], basic)).toBe('errorCount');
  expect(checkFile({ name: 'a.md', size: 10 }, ['a.md'], premium)).toBe('errorDuplicate');
  expect(checkFile({ name: 'a.md', size: 10 }, [], tierPolicy('FREE'))).toBe('errorType');
});

test.each(['Лекция 1: основы.md', '../../etc/passwd.txt', 'a b?#%.pdf', `${'я'.repeat(300)}.docx`, '图像.html', '.md'])(
  'the path of %j is safe and in the owner’s own folder',
  (name) => {
    expect(storagePath({ userId: 'u1', courseId: 'c1' }, name, 'abc123')).toMatch(
      /^u1\/c1\/[a-z0-9-]{1,60}-abc123\.(md|txt|pdf|docx|html)$/,
    );
  },
);

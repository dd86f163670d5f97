import { expect, test } from 'vitest';
import { resetPasswordSchema } from './credentials.ts';

const maximumOf = (password: string) => {
  const [issue] = resetPasswordSchema.safeParse({ password }).error?.issues ?? [];
  return issue?.code === 'too_big' ? issue.maximum : null;
};

test('a password ends where bcrypt stops looking, whatever its letters take', () => {
  expect(maximumOf('a'.repeat(72))).toBe(null);
  expect(maximumOf('a'.repeat(73))).toBe(72);
  expect(maximumOf('я'.repeat(36))).toBe(null);
  expect(maximumOf('я'.repeat(37))).toBe(36);
});

test('a new password has eight characters at least', () => {
  expect(resetPasswordSchema.safeParse({ password: '1234567' }).success).toBe(false);
  expect(resetPasswordSchema.safeParse({ password: '12345678' }).success).toBe(true);
});

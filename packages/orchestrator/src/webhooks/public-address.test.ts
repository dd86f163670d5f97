import { describe, expect, it } from 'vitest';
import { checkWebhookUrl, isPublicAddress } from './public-address.ts';

const EVIL = [
  'file:///etc/passwd',
  'javascript:alert(1)',
  'gopher://example.com/',
  'ftp://example.com/',
  'http://example.com/hook',
  'https://user:pass@example.com/',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://api.localhost/',
  'https://printer.local/',
  'https://metadata.google.internal/',
  'https://intranet/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[::127.0.0.1]/',
  'https://[4000::1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[64:ff9b:1::7f00:1]/',
  'https://[fec0::1]/',
  'https://[::ffff:0:7f00:1]/',
  'https://[fe80::1%25eth0]/',
  'https://127.0.0.1./',
  'https://0xa9fea9fe/',
  'https://0251.0376.0251.0376/',
  'https://169.254.43518/',
  'https://example.com@127.0.0.1/',
  'https://127.0.0.1#@example.com/',
  'https://127.0.0.1\\@example.com/',
  'https://metadata.google.internal./',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'https://[ff02::1]/',
  'https://１２７.0.0.1/',
  'https://127。0。0。1/',
  'https:///',
  '//example.com/',
  'example.com',
  '',
];

describe('webhook addresses', () => {
  it.each(EVIL)('refuses %s', (url) => {
    expect(checkWebhookUrl(url, { allowPrivate: false })).toMatchObject({ ok: false });
  });

  it.each([
    'https://example.com/hook',
    'https://hooks.example.com:8443/a?b=c',
    'https://пример.рф/hook',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  ])('accepts %s', (url) => {
    expect(checkWebhookUrl(url, { allowPrivate: false })).toMatchObject({ ok: true });
  });

  it('lets a local stack call itself when that is allowed, but never another scheme', () => {
    expect(checkWebhookUrl('http://127.0.0.1:9000/', { allowPrivate: true })).toMatchObject({ ok: true });
    expect(checkWebhookUrl('file:///etc/passwd', { allowPrivate: true })).toMatchObject({ ok: false });
  });

  it('judges an address that DNS gave like one that was written out', () => {
    expect(isPublicAddress('93.184.216.34')).toBe(true);
    expect(isPublicAddress('::ffff:10.0.0.1')).toBe(false);
    expect(isPublicAddress('not an address')).toBe(false);
  });
});

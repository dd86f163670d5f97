import { expect, test } from 'vitest';
import { addressBehind } from './client-address.ts';

test.each([
  ['no proxy: the socket, whatever the client claims', '6.6.6.6', 0, '10.0.0.9'],
  ['no proxy, nothing claimed', undefined, 0, '10.0.0.9'],
  ['one proxy: what it saw', '203.0.113.7', 1, '203.0.113.7'],
  ['one proxy: not what the client wrote before', '6.6.6.6, 203.0.113.7', 1, '203.0.113.7'],
  ['two proxies', '6.6.6.6, 203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
  ['fewer entries than proxies: the outermost known', '203.0.113.7', 3, '203.0.113.7'],
  ['empty parts', ' , 203.0.113.7 ,', 1, '203.0.113.7'],
])('%s', (_, forwarded, hops, address) => {
  expect(addressBehind(forwarded, '10.0.0.9', hops)).toBe(address);
});

import { expect, test } from 'vitest';
import { addressBehind } from './client-address.ts';

test.each([
  ['no proxy: the socket, whatever the client claims', '6.6.6.6', 0, '10.0.0.9'],
  ['no proxy, nothing claimed', undefined, 0, '10.0.0.9'],
  ['one proxy: what it saw', '203.0.113.7', 1, '203.0.113.7'],
  ['one proxy: not what the client wrote before', '6.6.6.6, 203.0.113.7', 1, '203.0.113.7'],
  ['two proxies', '6.6.6.6, 203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
  ['fewer entries than proxies: the outermost known', '203.0.113.7', 3, '203.0.113.7'],
  ['IPv6: its /64', '2001:db8:1:2:3:4:5:6', 1, '2001:db8:1:2::/64'],
  ['IPv6, short: the same /64', '[2001:DB8:1:2::9]:443', 1, '2001:db8:1:2::/64'],
  ['IPv6 with the gap in front', '::1', 1, '0:0:0:0::/64'],
  ['IPv4 within IPv6', '::ffff:203.0.113.7', 1, '203.0.113.7'],
  ['a port', '203.0.113.7:51234', 1, '203.0.113.7'],
  ['no address', 'unknown', 1, 'unknown'],
  ['empty parts', ' , 203.0.113.7 ,', 1, '203.0.113.7'],
])('%s', (_, forwarded, hops, address) => {
  expect(addressBehind(forwarded, '10.0.0.9', hops)).toBe(address);
});

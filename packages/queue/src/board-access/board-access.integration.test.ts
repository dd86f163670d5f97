import { afterEach, expect, test, vi } from 'vitest';
import { connectForTest, testKeys } from '../testing/fixtures.ts';
import { BOARD_SESSION_S, createBoardAccess, TICKET_TTL_S } from './board-access.ts';

const redis = connectForTest();
const access = () => createBoardAccess(redis, testKeys(), 'a secret that both apps have');
afterEach(() => {
  vi.useRealTimers();
});

/** The clock of this process only: Redis and its connection go on. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
}

test('of many who come with one ticket at once, one gets in', async () => {
  const one = access();
  const ticket = await one.issueTicket('user');
  const users = await Promise.all(Array.from({ length: 20 }, () => one.redeemTicket(ticket)));
  expect(users.filter((user) => user === 'user')).toHaveLength(1);
});

test('a ticket and a session end with their time', async () => {
  const one = access();
  const [early, late] = [await one.issueTicket('user'), await one.issueTicket('user')];
  const session = await one.issueSession('user');
  later(TICKET_TTL_S - 2);
  expect(await one.redeemTicket(early)).toBe('user');
  later(4);
  expect(await one.redeemTicket(late)).toBeNull();
  expect(await one.verifySession(session)).toBe('user');
  later(BOARD_SESSION_S);
  expect(await one.verifySession(session)).toBeNull();
});

test('tickets, sessions and those of another secret do not stand for each other', async () => {
  const one = access();
  const other = createBoardAccess(redis, testKeys(), 'another secret');
  expect(await one.redeemTicket(await one.issueSession('user'))).toBeNull();
  expect(await one.verifySession(await one.issueTicket('user'))).toBeNull();
  expect(await one.redeemTicket(await other.issueTicket('user'))).toBeNull();
  expect(await one.verifySession(await other.issueSession('user'))).toBeNull();
});

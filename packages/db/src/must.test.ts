import { Fault, UnavailableFault } from '@megacampus/domain/errors';
import { expect, test } from 'vitest';
import { must } from './must.ts';

const failure = (error: { message?: string; name?: string; code?: string; status?: number }, status?: number) => ({
  data: null,
  error: { message: 'm', ...error },
  ...(status === undefined ? {} : { status }),
});

test('gives the data, null included', () => {
  expect(must({ data: [1], error: null })).toEqual([1]);
  expect(must({ data: null, error: null })).toBeNull();
});

test.each([
  ['a connection refused', failure({ message: 'TypeError: fetch failed', code: '' }, 0)],
  ['a deadline', failure({ message: 'TimeoutError: The operation was aborted due to timeout', code: '' }, 0)],
  ['a gateway', failure({ message: '<html>Bad gateway</html>' }, 502)],
  ['PostgREST without a connection', failure({ code: 'PGRST000' }, 503)],
  ['PostgREST without a free connection', failure({ code: 'PGRST003' }, 504)],
  ['lite with Postgres down', failure({ code: 'SUP', message: 'Error: connect ECONNREFUSED 127.0.0.1:5432' }, 500)],
  [
    'lite, Postgres stopping',
    failure({ code: 'SUP', message: 'PostgresError: the database system is shutting down' }, 500),
  ],
  ['a shutdown', failure({ code: '57P01' }, 500)],
  ['a broken connection', failure({ code: '08006' }, 503)],
  ['too many connections', failure({ code: '53300' }, 503)],
  ['a deadlock', failure({ code: '40P01' }, 500)],
  ['auth that did not answer', failure({ name: 'AuthRetryableFetchError', status: 0 })],
  ['storage that did not answer', failure({ name: 'StorageUnknownError' })],
  ['storage out of order', failure({ name: 'StorageApiError', status: 500 })],
])('an outage: %s', (_, result) => {
  expect(() => must(result, 'database')).toThrow(UnavailableFault);
});

test.each([
  ['internal', failure({ code: '22023', message: 'unknown step status x' }, 400)],
  ['internal', failure({ code: '55000' }, 500)],
  ['internal', failure({ code: 'SUP', message: 'PostgresError: new row violates check constraint "x"' }, 500)],
  ['internal', failure({ code: 'PGRST116' }, 406)],
  ['internal', failure({ name: 'StorageApiError', status: 404 })],
  ['forbidden', failure({ code: '42501' }, 403)],
  ['unauthorized', failure({ code: 'PGRST303' }, 401)],
])('a refusal (%s), not worth another try', (code, result) => {
  let thrown: unknown;
  try {
    must(result, 'database');
  } catch (err) {
    thrown = err;
  }
  expect(thrown).toBeInstanceOf(Fault);
  expect(thrown).not.toBeInstanceOf(UnavailableFault);
  expect(thrown).toMatchObject({ code, retry: false });
});

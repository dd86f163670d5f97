import type { Logger } from '@megacampus/log';
import { headers } from 'next/headers';
import { getDeps } from '../deps.ts';
import { requestIdOf } from './request-id.ts';

/** The log of the request for a page, or of the form, that is being answered: with its request id, as the API's lines have. */
export async function requestLog(): Promise<Logger> {
  return getDeps().log.child({ requestId: requestIdOf(await headers()) });
}

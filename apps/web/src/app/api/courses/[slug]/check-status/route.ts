import { checkStatus } from '@/http/endpoints/check-status.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const GET = route(checkStatus);
export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');

import { regenerate } from '@/http/endpoints/regenerate.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const POST = route(regenerate);
export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods('POST');

import { generate } from '@/http/endpoints/generate.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const POST = route(generate);
export const { DELETE, GET, OPTIONS, PATCH, PUT } = otherMethods('POST');

import { cancel, cancellable } from '@/http/endpoints/cancel.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const GET = route(cancellable);
export const POST = route(cancel);
export const { DELETE, OPTIONS, PATCH, PUT } = otherMethods('GET', 'POST');

import { events } from '@/http/endpoints/events.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const GET = route(events);
export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');

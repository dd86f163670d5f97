import { activity } from '@/http/endpoints/activity.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const GET = route(activity);
export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');

import { metrics } from '@/http/endpoints/metrics.ts';
import { otherMethods } from '@/http/other-methods.ts';
import { route } from '@/http/route.ts';

export const dynamic = 'force-dynamic';
export const GET = route(metrics);
export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');

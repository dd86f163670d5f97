import { NextResponse } from 'next/server';
import { getDeps } from '@/deps.ts';
import { requireAdmin } from '@/features/admin/access.ts';

/** Leads an admin into Bull Board with a ticket that is good once and for seconds; `job` names a job to show. */
export async function GET(request: Request): Promise<Response> {
  const user = await requireAdmin();
  const { env, boardAccess } = getDeps();
  const { hostname } = new URL(`http://${request.headers.get('host') ?? 'localhost'}`);
  const target = new URL(env.ADMIN_URL ?? `http://${hostname}:${env.ADMIN_PORT}`);
  target.pathname = '/admin/queues/sign-in';
  target.searchParams.set('ticket', await boardAccess.issueTicket(user.id));
  const job = new URL(request.url).searchParams.get('job');
  if (job !== null) target.searchParams.set('job', job);
  return NextResponse.redirect(target, { status: 303, headers: { 'cache-control': 'no-store' } });
}

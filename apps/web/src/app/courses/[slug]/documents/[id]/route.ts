import { z } from 'zod';
import { readDocument } from '@/features/documents/document-store.ts';
import { sessionUser } from '@/features/session/session-user.ts';

interface Context {
  readonly params: Promise<{ slug: string; id: string }>;
}

/** The document as a file to save, never as a page to show: an uploaded HTML file can't run here. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { slug, id } = await params;
  const user = await sessionUser();
  const file = user && z.uuid().safeParse(id).success ? await readDocument(user.db, slug, id) : null;
  if (file === null) return new Response(null, { status: 404 });
  return new Response(file.bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}

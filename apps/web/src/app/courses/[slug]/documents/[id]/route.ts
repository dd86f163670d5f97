import { z } from 'zod';
import { readDocument } from '@/features/documents/document-store.ts';
import { sessionUser } from '@/features/session/session-user.ts';

interface Context {
  readonly params: Promise<{ slug: string; id: string }>;
}

/** What a PDF begins with. */
const PDF_SIGNATURE = '%PDF-';

/**
 * The document as a file to save, never as a page to show: an uploaded HTML file can't run here. With `?view=pdf` a PDF
 * is shown, at the page of a citation: browsers show one in a reader of their own, which can't reach our pages.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { slug, id } = await params;
  const user = await sessionUser();
  const file = user && z.uuid().safeParse(id).success ? await readDocument(user.db, slug, id) : null;
  if (file === null) return new Response(null, { status: 404 });
  const wantsView = new URL(request.url).searchParams.get('view') === 'pdf';
  const isShown = wantsView && new TextDecoder('latin1').decode(file.bytes.subarray(0, 5)) === PDF_SIGNATURE;
  return new Response(file.bytes, {
    headers: {
      'content-type': isShown ? 'application/pdf' : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}

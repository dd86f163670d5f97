import type { Instrumentation } from 'next';

/** Next calls this once when the server starts, and bundles it for its edge runtime too, which cannot load the rest. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: a constant of the bundler's, in the form in which it finds it.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { start } = await import('./start.ts');
    await start();
  }
}

/** Next calls this for what a page or a form of ours throws. Its own line is plain text; this one is in our log. */
export const onRequestError: Instrumentation.onRequestError = async (err, request, context) => {
  // biome-ignore lint/style/noProcessEnv: as above.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { logPageError } = await import('./http/page-error.ts');
    logPageError(err, request, context);
  }
};

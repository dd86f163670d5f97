/**
 * What a page may load: scripts by nonce and what they load in turn, everything else from here; and calls to
 * Supabase, to which documents are uploaded straight from the browser.
 */
export function contentSecurityPolicy(options: {
  readonly nonce: string;
  readonly supabaseUrl: string;
  readonly isDevelopment: boolean;
}): string {
  const { nonce, supabaseUrl, isDevelopment } = options;
  const directives = {
    'default-src': "'self'",
    // React in development rebuilds stack traces with eval.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Components position themselves with style attributes, which have no nonce.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': `'self' ${new URL(supabaseUrl).origin}${isDevelopment ? ' ws:' : ''}`,
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

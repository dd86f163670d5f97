import type { Options } from 'rehype-sanitize';
import { defaultSchema } from 'rehype-sanitize';

/**
 * What may come out of a lesson's Markdown, whoever wrote it: GitHub's list without pictures (a picture tells its server
 * who reads) and forms, and addresses of the web and of mail only. What our own plugins add (colours of code, formulas,
 * marks) is made after this.
 */
export const ALLOWED_HTML: Options = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'img' && name !== 'picture' && name !== 'source'),
  protocols: { href: ['http', 'https', 'mailto'] },
  attributes: {
    ...defaultSchema.attributes,
    // The language of code; and where a formula is.
    code: [['className', /^language-./, 'math-inline', 'math-display']],
  },
};

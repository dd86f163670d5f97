/**
 * Runs in the browser before anything else of a page. Our policy forbids a page to make code of text, which zod tries at its
 * first schema, to be faster; it may not even try, as each attempt is reported as a breach. This is `z.config({ jitless: true })`
 * without bringing zod to pages that need none: its settings are kept under this name for all copies of it.
 */
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

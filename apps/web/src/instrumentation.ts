/** Next calls this once when the server starts, and bundles it for its edge runtime too, which cannot load the rest. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: a constant of the bundler's, in the form in which it finds it.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { start } = await import('./start.ts');
    await start();
  }
}

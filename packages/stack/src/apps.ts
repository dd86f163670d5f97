/** The two apps as child processes, for the tests that need them whole. */
export { type AppAddresses, appEnv } from './apps/app-env.ts';
export { startWebApp } from './apps/web.ts';
export { ensureWebBuild } from './apps/web-build.ts';
export { startWorker } from './apps/worker.ts';
export { webDir } from './paths.ts';
export { createNursery } from './process/nursery.ts';

import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWebBuild, webDir } from '@megacampus/stack/apps';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { createNursery } from '@megacampus/stack/servers';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { sessionCookie } from '../../../apps/web/testing/session-cookie.ts';
import { SERVERS, type ServerName, WORKERS } from '../plan/faults.ts';
import { USERS } from '../plan/plan.ts';
import { type Apps, startApps } from './apps.ts';
import type { Part } from './part.ts';
import { connectDirectly, type Direct, startServers } from './servers.ts';

/** Real servers and apps, each app behind proxies of its own, for many episodes one after the other. */
export interface World {
  readonly stack: StackAddresses;
  readonly apps: Apps;
  readonly servers: Readonly<Record<ServerName, Part>>;
  readonly direct: Direct;
  readonly globalLimit: number;
  /** In the order of `USERS`. */
  readonly users: readonly TestUser[];
  /** Of each user's browser, by the user's id. */
  readonly cookies: ReadonlyMap<string, string>;
  /** The folder of the web app's build. */
  readonly buildDir: string;
  /** A folder with what each process has printed; it stays after `close` unless `forgetLogs`. */
  readonly logDir: string;
  /** Writes a line into the logs of all processes. */
  note(line: string): void;
  /** Takes every fault back: everything runs, answers and is connected afterwards. */
  heal(): Promise<void>;
  forgetLogs(): void;
  close(): Promise<void>;
}

/** @param globalLimit Generations that may be in flight over all users. */
export async function startWorld(globalLimit: number): Promise<World> {
  const dataDir = makeFolder('data');
  const logDir = makeFolder('logs');
  const log = (source: string, line: string) => appendFileSync(join(logDir, `${source}.log`), `${line}\n`);
  const nursery = createNursery(log);
  nursery.removeAtEnd(dataDir);
  try {
    const servers = await startServers({ nursery, dataDir, log });
    const stack = servers.addresses;
    const direct = await connectDirectly(stack);
    const apps = await startApps({ nursery, dataDir, stack, globalLimit });
    const users = await Promise.all(USERS.map((tier) => signUp(stack, tier)));
    const cookies = await Promise.all(
      users.map(async (user) => [user.userId, await sessionCookie(stack, user)] as const),
    );
    const buildDir = join(webDir, await ensureWebBuild(nursery));
    // What is frozen would outlive a sudden end: Postgres's children have process groups of their own.
    const parts = [...Object.values(servers.parts), ...Object.values(apps)];
    const thaw = () => {
      for (const part of parts) part.unfreeze();
    };
    process.prependListener('exit', thaw);
    const links = Object.values(apps).flatMap((app) => [...app.links.redis, ...app.links.supabase]);
    return {
      ...{ stack, apps, direct, users, buildDir, logDir, servers: servers.parts, globalLimit },
      cookies: new Map(cookies),
      note(line) {
        for (const name of [...Object.keys(apps), ...SERVERS]) log(name, `=== ${new Date().toISOString()} ${line}`);
      },
      async heal() {
        for (const link of links) await link.restore();
        await bringBack(Object.values(servers.parts));
        for (const worker of WORKERS) apps[worker].setClock(0);
        await bringBack(Object.values(apps));
      },
      forgetLogs: () => rmSync(logDir, { recursive: true, force: true }),
      async close() {
        await direct.close();
        thaw();
        await nursery.close();
        process.off('exit', thaw);
        await Promise.all(links.map((link) => link.close()));
      },
    };
  } catch (err) {
    await nursery.close();
    throw err;
  }
}

async function bringBack(parts: readonly Part[]): Promise<void> {
  for (const part of parts) part.unfreeze();
  await Promise.all(parts.map((part) => part.start()));
}

function makeFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `megacampus-chaos-${what}-`));
  // As root, Postgres runs as a user of its own, who must be able to pass through.
  chmodSync(folder, 0o711);
  return folder;
}

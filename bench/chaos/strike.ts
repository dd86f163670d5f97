import { setTimeout as pause } from 'node:timers/promises';
import type { Wound } from './check/recovery.ts';
import { APPS, type AppName, type Fault } from './plan/faults.ts';
import { POINTS, type Point, type PointName } from './plan/points.ts';
import type { App } from './world/apps.ts';
import type { Part } from './world/part.ts';
import type { World } from './world/world.ts';

/** Told at the moment from which recovery counts: of a dead process its death, of a server its return. */
type Report = (wound: Wound) => void;

/**
 * Does what the fault says, for as long as it says, and undoes what would last. Returns once that is over; without a
 * report when there was nothing to strike: the process was dead already, or nobody passed the point.
 */
export async function strike(world: World, fault: Fault, report: Report): Promise<void> {
  const wound = (deadPids: number[] = []) => report({ kind: fault.kind, atMs: Date.now(), deadPids });
  switch (fault.kind) {
    case 'kill':
      return killApp(world.apps[fault.app], fault.lastsMs, wound);
    case 'kill-at':
      return killAtPoint(world, fault, wound);
    case 'freeze':
      return freezeApp(world.apps[fault.app], fault.lastsMs, wound);
    case 'kill-server':
      return endServer(world.servers[fault.server], killPart, fault.lastsMs, wound);
    case 'restart-server':
      return endServer(world.servers[fault.server], stopPart, fault.lastsMs, wound);
    case 'freeze-server':
      return freezeServer(world.servers[fault.server], fault.lastsMs, wound);
    case 'empty-redis':
      return emptyRedis(world, fault, wound);
    case 'clock':
      world.apps[fault.app].setClock(fault.offsetMs);
      wound();
      await pause(fault.lastsMs);
      world.apps[fault.app].setClock(0);
      return;
    default:
      return breakLink(world, fault, wound);
  }
}

async function killApp(app: Part, downMs: number, wound: (deadPids: number[]) => void): Promise<void> {
  if (kill(app, wound)) await bringBack(app, downMs);
}

/** False: it was dead already, and whoever has killed it brings it back. */
function kill(app: Part, wound: (deadPids: number[]) => void): boolean {
  const pid = app.pid();
  if (pid === null || !app.kill()) return false;
  wound([pid]);
  return true;
}

async function bringBack(app: Part, downMs: number): Promise<void> {
  await app.ended();
  await pause(downMs);
  await app.start();
}

type AtPoint = Extract<Fault, { kind: 'kill-at' }>;

async function killAtPoint(
  world: World,
  { point, lastsMs, fraction, downMs }: AtPoint,
  wound: (deadPids: number[]) => void,
): Promise<void> {
  const { livesOnMs = 0 }: Point = POINTS[point];
  let isKilled = false;
  const app = await passed(world, point, lastsMs, (passing) => {
    if (livesOnMs > 0) return 'pass';
    isKilled = kill(passing, wound);
    return isKilled ? 'hold' : 'pass';
  });
  if (app === null) return;
  if (livesOnMs > 0) {
    await pause(livesOnMs * fraction);
    isKilled = kill(app, wound);
  }
  if (isKilled) await bringBack(app, downMs);
}

async function emptyRedis(
  world: World,
  { point, lastsMs }: Extract<Fault, { kind: 'empty-redis' }>,
  wound: () => void,
): Promise<void> {
  const empty = () => world.direct.redis.flushall().catch(() => null);
  if (point === null) return (await empty()) === 'OK' ? wound() : undefined;
  let emptied: Promise<'OK' | null> | undefined;
  await passed(world, point, lastsMs, () => {
    emptied = empty();
    return 'pass';
  });
  if ((await emptied) === 'OK') wound();
}

/** Watches all processes of that kind until one passes the point, or nobody has for so long: null. */
async function passed(
  world: World,
  name: PointName,
  withinMs: number,
  onPassing: (app: App) => 'pass' | 'hold',
): Promise<App | null> {
  const { of, server, is }: Point = POINTS[name];
  const { promise, resolve } = Promise.withResolvers<App | null>();
  const watched = APPS.filter((app) => app.startsWith(of)).map((app) => world.apps[app]);
  let isOver = false;
  const unwatch = watched.flatMap((app) =>
    app.links[server].map((link) =>
      link.watchAnswers((asked, answer) => {
        if (isOver || !is(asked, answer)) return 'pass';
        isOver = true;
        resolve(app);
        return onPassing(app);
      }),
    ),
  );
  const timer = setTimeout(() => resolve(null), withinMs);
  const app = await promise;
  clearTimeout(timer);
  for (const stop of unwatch) stop();
  return app;
}

async function freezeApp(app: Part, lastsMs: number, wound: (deadPids: number[]) => void): Promise<void> {
  const pid = app.pid();
  if (pid === null || !app.freeze()) return;
  wound([pid]);
  await pause(lastsMs);
  app.unfreeze();
}

async function freezeServer(server: Part, lastsMs: number, wound: () => void): Promise<void> {
  if (!server.freeze()) return;
  await pause(lastsMs);
  server.unfreeze();
  wound();
}

async function killPart(part: Part): Promise<boolean> {
  if (!part.kill()) return false;
  await part.ended();
  return true;
}

async function stopPart(part: Part): Promise<boolean> {
  if (part.pid() === null) return false;
  await part.stop();
  return true;
}

async function endServer(
  server: Part,
  end: (server: Part) => Promise<boolean>,
  downMs: number,
  wound: () => void,
): Promise<void> {
  if (!(await end(server))) return;
  await pause(downMs);
  await server.start();
  wound();
}

type LinkFault = Extract<Fault, { kind: 'cut' | 'delay' | 'lose-answers' }>;

async function breakLink(world: World, fault: LinkFault, wound: () => void): Promise<void> {
  const links = world.apps[fault.app as AppName].links[fault.server];
  for (const link of links) {
    if (fault.kind === 'cut') await link.cut();
    else if (fault.kind === 'delay') link.delay(fault.delayMs);
    else link.resetResponses();
  }
  await pause(fault.lastsMs);
  for (const link of links) await link.restore();
  wound();
}

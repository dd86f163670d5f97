import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestWeb } from '@megacampus/test-kit/apps';
import { z } from 'zod';

const manifestSchema = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });

/** The id under which a browser calls each server action of a build, by the action's name. */
export function serverActions({ buildDir }: Pick<TestWeb, 'buildDir'>): ReadonlyMap<string, string> {
  const known = actionsOf.get(buildDir) ?? readActions(buildDir);
  actionsOf.set(buildDir, known);
  return known;
}

/** A build never changes. */
const actionsOf = new Map<string, ReadonlyMap<string, string>>();

function readActions(buildDir: string): ReadonlyMap<string, string> {
  const file = join(buildDir, 'server', 'server-reference-manifest.json');
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

export interface ActionCall {
  /** The page it is called from; where that page does not have it, Next passes it on, and cookies are lost. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON of the arguments, or a form. */
  readonly body: string | FormData;
  readonly signal?: AbortSignal;
}

/** Replays the request that a browser makes for an action; `text` is the whole answer, in React's format. */
export async function callAction(
  web: Pick<TestWeb, 'url' | 'buildDir'>,
  name: string,
  { path = '/', headers = {}, body, signal }: ActionCall,
) {
  const id = serverActions(web).get(name);
  if (id === undefined) throw new Error(`There is no action ${name}`);
  const response = await fetch(web.url + path, {
    method: 'POST',
    redirect: 'manual',
    ...(signal ? { signal } : {}),
    headers: {
      'next-action': id,
      accept: 'text/x-component',
      ...(typeof body === 'string' ? { 'content-type': 'text/plain;charset=UTF-8' } : {}),
      ...headers,
    },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The arguments of an action that a form calls: what it answered before, and the fields. */
export function formBody(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(`_1_${name}`, value);
  data.append('0', JSON.stringify([{}, '$K1']));
  return data;
}

import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryDir } from '../paths.ts';
import { killGroup } from '../process/child.ts';

/** A program of the workspace's own, by its name in node_modules/.bin. */
export const bin = (name: string, folder = repositoryDir): string => join(folder, 'node_modules', '.bin', name);

/**
 * Runs a program to its end with its output on ours and returns its exit code. Whatever it leaves behind is ended
 * with it, and so is everything when we are told to stop.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: repositoryDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    ...options,
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} has no process id`);
  const stop = (signal: NodeJS.Signals) => killGroup(pid, signal);
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => [signal, () => stop(signal)] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const [code] = await once(child, 'exit');
  for (const [signal, handler] of handlers) process.off(signal, handler);
  killGroup(pid, 'SIGKILL');
  return code ?? 1;
}

import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file in one step: a reader sees the old text or the new one, never half. Owner only. */
export function writeAtomically(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

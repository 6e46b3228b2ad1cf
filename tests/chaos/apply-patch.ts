import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The files under `root` as a unified diff makes them, wherever in a file its lines are now: no program of that name
 * need be there. Throws when the old lines are not there exactly once: the source has moved on and the patch must too.
 */
export function patchedFiles(patch: string, root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of patch.split(/^--- /m).slice(1)) {
    const name = /^\+\+\+ b\/(.+)$/m.exec(part)?.[1];
    if (name === undefined) throw new Error('The patch names no file.');
    let text = readFileSync(path.join(root, name), 'utf8');
    for (const hunk of part.split(/^@@.*\n/m).slice(1)) text = replaceOnce(text, hunk, name);
    files.set(name, text);
  }
  return files;
}

/** Writes them. */
export function applyPatch(patch: string, root: string): void {
  for (const [name, text] of patchedFiles(patch, root)) writeFileSync(path.join(root, name), text);
}

function replaceOnce(text: string, hunk: string, name: string): string {
  const lines = hunk.split('\n').filter((line) => line !== '');
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const pieces = text.split(side('-'));
  if (pieces.length !== 2)
    throw new Error(`The patch no longer fits ${name}: its lines are there ${pieces.length - 1} times.`);
  return pieces.join(side('+'));
}

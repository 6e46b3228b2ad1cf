import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  claimDataFolder,
  identityOf,
  keepSecret,
  readRunning,
  releaseDataFolder,
  updateRunning,
} from './data-folder';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'herald-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a secret is made once, and nobody else can read it', () => {
  expect(keepSecret(folder, 'key', () => 'first')).toBe('first');
  expect(keepSecret(folder, 'key', () => 'second')).toBe('first');
  expect(statSync(path.join(folder, 'key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['key']);
});

test('an emptied secret is not replaced by a new one, which would lock the stored ones for ever', () => {
  writeFileSync(path.join(folder, 'key'), '');
  expect(() => keepSecret(folder, 'key', () => 'new')).toThrow(/is empty: restore it/);
});

test('a folder has one owner at a time, who tells the others where the database is', () => {
  claimDataFolder(folder);
  updateRunning(folder, { databaseUrl: 'postgres://x' });
  expect(readRunning(folder)).toMatchObject({ pid: process.pid, databaseUrl: 'postgres://x' });
  expect(() => claimDataFolder(folder)).toThrow(/already runs on the data folder/);
  releaseDataFolder(folder);
  expect(readRunning(folder)).toBeUndefined();
});

test('what a killed owner left behind is taken over, also when its number belongs to another process now', () => {
  const { pid } = spawnSync('true');
  const file = path.join(folder, 'running.json');
  for (const left of [
    { pid, startedAt: 'x' },
    { pid: process.ppid, startedAt: 'an earlier start' },
    'torn',
  ]) {
    writeFileSync(file, JSON.stringify(left));
    claimDataFolder(folder);
    expect(readRunning(folder)?.pid).toBe(process.pid);
    releaseDataFolder(folder);
  }
});

test('a process is told apart from a later one of the same number', () => {
  expect(identityOf(process.pid)).toBe(identityOf(process.pid));
  expect(identityOf(process.pid)).not.toBe(identityOf(process.ppid));
  expect(identityOf(2 ** 22 + 1)).toBeUndefined();
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyPatch, patchedFiles } from './apply-patch';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'herald-patch-'));
  writeFileSync(path.join(root, 'a.ts'), 'one\ntwo\nthree\ntwo\nfour\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const patch = (hunk: string) => `--- a/a.ts\n+++ b/a.ts\n@@\n${hunk}`;
const text = () => readFileSync(path.join(root, 'a.ts'), 'utf8');

test('lines are replaced wherever they are now', () => {
  applyPatch(patch(' three\n-two\n+deux\n@@\n-one\n'), root);
  expect(text()).toBe('two\nthree\ndeux\nfour\n');
});

test('a patch whose lines are not there, or there twice, is an error and changes nothing', () => {
  expect(() => applyPatch(patch('-five\n+six\n'), root)).toThrow(/no longer fits a\.ts/);
  expect(() => applyPatch(patch('-two\n+deux\n'), root)).toThrow(/2 times/);
  expect(text()).toBe('one\ntwo\nthree\ntwo\nfour\n');
});

test.each(readdirSync('tests/chaos/mistakes'))('the known mistake %s still fits the sources', (file) => {
  const patch = readFileSync(path.join('tests/chaos/mistakes', file), 'utf8');
  expect(patchedFiles(patch, process.cwd()).size).toBeGreaterThan(0);
});

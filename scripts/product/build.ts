import { type ChildProcess, spawn } from 'node:child_process';
import { StartError, step } from './steps';

/** Builds when the sources have changed since the last build. */
export async function buildIfChanged(signal: AbortSignal): Promise<void> {
  if ((await runBuild(['--check'], signal)).code === 0) return;
  const { code, output } = await step('Building', () => runBuild([], signal));
  signal.throwIfAborted();
  if (code !== 0)
    throw new StartError(`The build failed:\n${output.trim().split('\n').slice(-30).join('\n')}`);
}

async function runBuild(args: string[], signal: AbortSignal): Promise<{ code: number; output: string }> {
  const child: ChildProcess = spawn(process.execPath, ['scripts/build.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

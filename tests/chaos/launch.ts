import { fork } from 'node:child_process';
import type { Outcome } from './run-fault';

/** Runs one fault as a process of its own, from the sources in `root`. Throws when it does not come to a verdict. */
export async function launchFault(name: string, seed: number, root = process.cwd()): Promise<Outcome> {
  const child = fork('tests/chaos/run-fault.ts', [name, String(seed)], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  return new Promise((resolve, reject) => {
    let outcome: Outcome | undefined;
    child.on('message', (message) => (outcome = message as Outcome));
    child.once('error', reject);
    child.once('close', (code) => {
      if (outcome) resolve(outcome);
      else reject(new Error(`${name} came to no verdict (exit ${code ?? 'by a signal'}):\n${output}`));
    });
  });
}

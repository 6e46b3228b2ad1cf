import { existsSync } from 'node:fs';
import { parseEnvironment } from './environment';
import { startSandbox } from './server';

function log(level: 'info' | 'error', message: string, more: object = {}): void {
  const line = JSON.stringify({
    level,
    time: new Date().toISOString(),
    name: 'sandbox',
    msg: message,
    ...more,
  });
  process[level === 'error' ? 'stderr' : 'stdout'].write(`${line}\n`);
}

function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The sandbox port is taken: stop what listens there, or set SANDBOX_PORT.';
  }
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = parseEnvironment(process.env);
  const sandbox = await startSandbox(environment);
  log('info', 'sandbox listening', { url: sandbox.url, graph: `${sandbox.url}/${environment.apiVersion}` });
  process.send?.({ type: 'ready', port: sandbox.port });
  const stop = (): void => {
    void sandbox.close().finally(() => process.exit(0));
    // Nothing of value is lost: numbers and templates are on disk already.
    setTimeout(() => process.exit(0), 1000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.channel) process.once('disconnect', stop);
}

main().catch((error: unknown) => {
  log('error', explain(error));
  process.exit(1);
});

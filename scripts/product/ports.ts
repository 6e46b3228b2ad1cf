import { createServer } from 'node:net';
import { StartError } from './steps';

/** Makes sure that a port can be listened on. Throws StartError naming the setting to change. */
export async function checkPort(setting: 'PORT' | 'SANDBOX_PORT', port: number, host: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is already in use: stop the program on it, or set ${setting} to another port.`,
    EACCES: `Port ${port} may not be opened by this user: set ${setting} to a port above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`,
    ENOTFOUND: `${host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`,
  };
  throw new StartError(
    reasons[code] ?? `Port ${port} on ${host} cannot be opened (${code}): set ${setting} or HOST.`,
  );
}

/** A free port on loopback, as the system hands it out. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no port.'));
      });
    });
  });
}

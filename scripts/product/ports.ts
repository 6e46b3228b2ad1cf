import { createServer } from 'node:net';
import { StartError } from './steps';

/** The "bad ports" of the WHATWG Fetch standard: browsers and fetch refuse to call them, whoever listens. */
const REFUSED_BY_BROWSERS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/**
 * Makes sure that a port can be listened on and called by a browser. Throws StartError naming the setting to
 * change.
 */
export async function checkPort(setting: 'PORT' | 'SANDBOX_PORT', port: number, host: string): Promise<void> {
  if (REFUSED_BY_BROWSERS.has(port)) {
    throw new StartError(
      `Port ${port} cannot be used: browsers refuse to open it. Set ${setting} to another port, such as 3000.`,
    );
  }
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

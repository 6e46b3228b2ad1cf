import { expect, test } from 'vitest';
import { checkPort, findFreePort } from './ports';
import { StartError } from './steps';

const HOST = '127.0.0.1';

/** Whether fetch of this very runtime calls the port at all. */
async function isRefusedByFetch(port: number): Promise<boolean> {
  const failure: unknown = await fetch(`http://${HOST}:${port}/`).catch((error: unknown) => error);
  return failure instanceof TypeError && String(failure.cause).includes('bad port');
}

test.each([9, 2049, 4190, 6000, 6667, 10080])(
  'port %i, which browsers refuse, is refused at once',
  async (port) => {
    expect(await isRefusedByFetch(port)).toBe(true);
    await expect(checkPort('SANDBOX_PORT', port, HOST)).rejects.toThrow(StartError);
    await expect(checkPort('SANDBOX_PORT', port, HOST)).rejects.toThrow(
      `Port ${port} cannot be used: browsers refuse to open it. Set SANDBOX_PORT to another port`,
    );
  },
);

test('a free port is taken as it is', async () => {
  await expect(checkPort('PORT', await findFreePort(), HOST)).resolves.toBeUndefined();
});

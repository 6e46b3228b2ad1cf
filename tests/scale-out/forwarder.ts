import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

// A program of its own, so that nothing else a test does makes what passes through here late. Takes connections on
// <address>:<port> and carries them to the same port of 127.0.0.1; says `ready` once it does.
// Arguments: the address, then the ports.

const [address, ...ports] = process.argv.slice(2);
await Promise.all(ports.map((port) => carry(Number(port))));
console.log('ready');

async function carry(port: number): Promise<void> {
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pass(near, far);
    pass(far, near);
  });
  server.listen(port, address);
  await once(server, 'listening');
}

function pass(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.pipe(to);
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}

import { TcpProxy } from '@/tests/support/tcp-proxy';

// A program of its own, so that nothing else a test does makes what passes through here late. Takes connections on
// <address>:<port> and carries them to the same port of 127.0.0.1; says `ready` once it does.
// Arguments: the address, then the ports.

const [host, ...ports] = process.argv.slice(2);
await Promise.all(ports.map((port) => TcpProxy.to(Number(port), { host, port: Number(port) })));
console.log('ready');

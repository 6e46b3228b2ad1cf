import { once } from 'node:events';
import { connect } from 'node:net';

/** What a hand-written request gets: everything the server answers until it closes, or `untilMs` passes. */
export async function speak(port: number, text: string, untilMs = 5_000): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(text);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, untilMs))]);
  socket.destroy();
  return answer;
}

/** Sends the beginning of a request whose body is longer than what comes, then cuts the line. */
export async function breakOff(port: number, head: string, body: Iterable<string>): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(head);
  for (const part of body) if (!socket.write(part)) await once(socket, 'drain');
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.resetAndDestroy();
}

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: (\d+)/i;

/**
 * Kept-open connections that carry ready-made requests, one after another on each. What makes the load shares the
 * machine with what bears it: an HTTP client would cost as much as the server.
 */
export class Wire {
  private readonly free: Line[] = [];
  private readonly waiting: ((line: Line) => void)[] = [];

  private constructor(private readonly lines: Line[]) {
    this.free.push(...lines);
  }

  static async open(url: string, connections: number): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const lines = Array.from({ length: connections }, () => new Line(connect(Number(port), hostname)));
    await Promise.all(lines.map((line) => line.opened));
    return new Wire(lines);
  }

  close(): void {
    for (const line of this.lines) line.close();
  }

  /** Waits for a free connection; resolves with the answer's status. Rejects when the connection breaks. */
  async send(request: Buffer): Promise<number> {
    const line = this.free.pop() ?? (await new Promise<Line>((resolve) => this.waiting.push(resolve)));
    const status = await line.send(request);
    const next = this.waiting.shift();
    if (next) next(line);
    else this.free.push(line);
    return status;
  }
}

class Line {
  readonly opened: Promise<unknown>;
  private received = '';
  private answered: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;

  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    this.opened = once(socket, 'connect');
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.onData(chunk));
    socket.on('error', (error) => this.answered?.reject(error));
    socket.on('close', () =>
      this.answered?.reject(new Error('The connection broke before it was answered.')),
    );
  }

  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answered = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private onData(chunk: string): void {
    this.received += chunk;
    const head = this.received.indexOf(HEAD_END);
    const length = head < 0 ? null : LENGTH.exec(this.received.slice(0, head));
    if (!length || this.received.length < head + HEAD_END.length + Number(length[1])) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    const { answered } = this;
    this.answered = undefined;
    answered?.resolve(status);
  }
}

/** A POST as it goes over the wire. */
export function postRequest(url: string, headers: Record<string, string>, body: string): Buffer {
  const { host, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

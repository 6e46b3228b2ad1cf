import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { findFreePort } from '@/scripts/product/ports';

interface Pair {
  near: Socket;
  far: Socket;
  /** The last bytes came from the far side: between two requests, or in the midst of an answer. */
  isAnswered: boolean;
}

/** A wire that can be cut: between the workers and the database, say, or between them and WhatsApp. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private isBlackhole = false;

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  /** Carries to a port of 127.0.0.1 what comes in at a free port there, or at the place named. */
  static async to(
    targetPort: number,
    at: { host?: string | undefined; port?: number } = {},
  ): Promise<TcpProxy> {
    const port = at.port ?? (await findFreePort());
    const server = createServer();
    const proxy = new TcpProxy(port, server);
    server.on('connection', (near) => proxy.join(near, targetPort));
    server.listen(port, at.host ?? '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /**
   * Connections stand, and new ones are taken, but not a byte arrives on either side: what a machine that fell
   * off the network looks like. What is sent meanwhile is lost for good.
   */
  swallow(): void {
    this.isBlackhole = true;
  }

  /** Lets bytes through again. Connections that lost some are broken off, as they would be in the end. */
  heal(): void {
    this.isBlackhole = false;
    this.cut();
  }

  /** Breaks every connection off. */
  cut(): void {
    for (const { near, far } of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Closes the connections that wait for their next request, as a server does that has waited long enough. */
  closeIdle(): void {
    for (const { near, isAnswered } of this.pairs) if (isAnswered) near.end();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, targetPort: number): void {
    const far = connect(targetPort, '127.0.0.1');
    const pair: Pair = { near, far, isAnswered: false };
    this.pairs.add(pair);
    const pass = (from: Socket, to: Socket) => {
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        pair.isAnswered = from === far;
        if (!this.isBlackhole) to.write(bytes);
      });
      // In a blackhole even the end of a connection is not heard of.
      from.on('end', () => {
        if (!this.isBlackhole) to.end();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        if (!this.isBlackhole) to.destroy();
        if (near.destroyed && far.destroyed) this.pairs.delete(pair);
      });
    };
    pass(near, far);
    pass(far, near);
  }
}

import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

/** Why network namespaces cannot be made here; null where they can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root: run it as root';
  const name = `herald-try-${randomBytes(3).toString('hex')}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    return null;
  } catch {
    return '`ip netns add` does not work here: install iproute2, or give this container CAP_SYS_ADMIN and CAP_NET_ADMIN';
  }
}

/**
 * A machine of its own as far as the network can tell: a namespace, joined to this one by a pair of virtual
 * cables that can be pulled. What it may reach are ports of this machine's loopback, by a forwarder on the near
 * end of its cable; nobody else reaches that address.
 */
export class Machine {
  private readonly children = new Set<ChildProcess>();

  private constructor(
    readonly name: string,
    private readonly cable: string,
    /** At which it reaches this machine: the ports named at its start, and no others. */
    readonly nearAddress: string,
  ) {}

  /** `number`: 1–250, its own among those that are up at the same time. `ports` of this one's loopback it may reach. */
  static async start(number: number, ports: number[]): Promise<Machine> {
    const tag = randomBytes(3).toString('hex');
    // 198.18.0.0/15 is set aside for tests between machines (RFC 2544): nobody's network uses it.
    const [near, far] = [`198.18.${number}.1`, `198.18.${number}.2`];
    const machine = new Machine(`herald-${tag}`, `hrld-${tag}`, near);
    try {
      await ip(`netns add ${machine.name}`);
      await ip(`link add ${machine.cable} type veth peer name uplink netns ${machine.name}`);
      await ip(`addr add ${near}/30 dev ${machine.cable}`);
      await ip(`-n ${machine.name} addr add ${far}/30 dev uplink`);
      for (const device of ['lo', 'uplink']) await ip(`-n ${machine.name} link set ${device} up`);
      await machine.plugIn();
      await machine.forward(ports);
      return machine;
    } catch (error) {
      await machine.remove();
      throw error;
    }
  }

  /** Starts a Node program on it. */
  run(args: string[], environment: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.name, process.execPath, ...args], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return this.keep(child);
  }

  /** Nothing arrives on either side any more, and no side is told. */
  async pullOut(): Promise<void> {
    await ip(`link set ${this.cable} down`);
  }

  async plugIn(): Promise<void> {
    await ip(`link set ${this.cable} up`);
  }

  /** Ends what runs on it and takes it away, whatever state it is in. */
  async remove(): Promise<void> {
    const ends = [...this.children].map((child) => once(child, 'exit'));
    for (const child of this.children) child.kill('SIGKILL');
    await Promise.all(ends);
    await ip(`link del ${this.cable}`).catch(() => undefined);
    await ip(`netns del ${this.name}`).catch(() => undefined);
  }

  private async forward(ports: number[]): Promise<void> {
    const args = ['--import', 'tsx', 'tests/scale-out/forwarder.ts', this.nearAddress, ...ports.map(String)];
    const child = this.keep(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
    const ended = once(child, 'exit').then(() => {
      throw new Error(`nothing can be carried from ${this.nearAddress}`);
    });
    await Promise.race([child.stdout ? once(child.stdout, 'data') : ended, ended]);
    ended.catch(() => undefined);
  }

  private keep<C extends ChildProcess>(child: C): C {
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return child;
  }
}

async function ip(command: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile('ip', command.split(' '), (error, _out, complaint) => {
      if (error) reject(new Error(`ip ${command}: ${complaint}`));
      else resolve();
    });
  });
}

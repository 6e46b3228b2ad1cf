import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A status of WhatsApp's that passed by here on its way to Herald. */
export interface SeenStatus {
  wamid: string;
  kind: string;
  /** By WhatsApp's clock, epoch seconds. */
  at: number;
  /** Herald answered 200: from then on it must not be lost. */
  isAcknowledged: boolean;
}

/** What else becomes of a call: copies of it, each so many milliseconds late; the first one's answer counts. */
export type Disturbance = () => number[];

const TIMEOUT_MS = 10_000;

/**
 * Stands between WhatsApp and Herald's webhook: passes every call on and writes down which statuses were said
 * and which of them Herald has acknowledged. So the witness depends on nothing that Herald stores.
 */
export class Witness {
  readonly statuses: SeenStatus[] = [];
  /** Calls that were answered anything but 200, or not at all. */
  refused = 0;
  private disturb: Disturbance = () => [0];
  private underWay = 0;

  constructor(private readonly targetPort: number) {}

  get idle(): boolean {
    return this.underWay === 0;
  }

  disturbBy(disturb: Disturbance): void {
    this.disturb = disturb;
  }

  handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [first = 0, ...copies] = req.method === 'POST' ? this.disturb() : [0];
    const seen = readStatuses(body);
    this.statuses.push(...seen);
    for (const delayMs of copies) void this.passOn(req, body, seen, delayMs);
    const answer = await this.passOn(req, body, seen, first);
    if (res.destroyed) return;
    res.writeHead(answer.status, answer.type === undefined ? {} : { 'content-type': answer.type });
    res.end(answer.body);
  };

  private async passOn(req: IncomingMessage, body: Buffer, seen: SeenStatus[], delayMs: number) {
    this.underWay += 1;
    try {
      if (delayMs > 0) await sleep(delayMs);
      const answer = await forward(this.targetPort, req, body);
      if (answer.status === 200) for (const status of seen) status.isAcknowledged = true;
      else this.refused += 1;
      return answer;
    } catch {
      this.refused += 1;
      // Herald is not there: WhatsApp sees what a gateway would say, and comes again.
      return { status: 502, type: undefined, body: Buffer.alloc(0) };
    } finally {
      this.underWay -= 1;
    }
  }
}

async function forward(port: number, req: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; type: string | undefined; body: Buffer }>((resolve, reject) => {
    const headers = { ...req.headers, connection: 'close', 'content-length': String(body.length) };
    Reflect.deleteProperty(headers, 'transfer-encoding');
    const options = { host: '127.0.0.1', port, method: req.method, path: req.url, headers, agent: false };
    const call = httpRequest({ ...options, timeout: TIMEOUT_MS }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () =>
        resolve({
          status: res.statusCode ?? 502,
          type: res.headers['content-type'],
          body: Buffer.concat(chunks),
        }),
      );
    });
    call.on('error', reject);
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.end(body);
  });
}

interface Envelope {
  entry?: { changes?: { value?: { statuses?: unknown[] } }[] }[];
}

/** The well-formed statuses of a call; the others are nobody's facts. */
export function readStatuses(body: Buffer): SeenStatus[] {
  let envelope: Envelope;
  try {
    envelope = JSON.parse(body.toString()) as Envelope;
  } catch {
    return [];
  }
  const statuses = (envelope.entry ?? []).flatMap((entry) =>
    (entry.changes ?? []).flatMap((change) => change.value?.statuses ?? []),
  );
  return statuses.flatMap((status) => {
    if (typeof status !== 'object' || status === null) return [];
    const { id, status: kind, timestamp } = status as Record<string, unknown>;
    if (typeof id !== 'string' || typeof kind !== 'string' || typeof timestamp !== 'string') return [];
    return [{ wamid: id, kind, at: Number(timestamp), isAcknowledged: false }];
  });
}

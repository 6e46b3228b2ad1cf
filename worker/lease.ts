import { HEARTBEAT_MS, registerWorker, renewLease } from '@/lib/engine/leases';
import { log } from '@/lib/log';
import { answered, every, type Loop } from './loop';

/** No request starts later than this after the last heartbeat went out: well inside the lease. */
const START_DEADLINE_MS = 10_000;

/**
 * This process's right to claim and to send. When the lease ran out (the database was away, or the process
 * was frozen) it takes a new one under a new id: what the old one held is rescued like a dead worker's.
 */
export class Lease {
  private renewedAt = -Infinity;
  private heartbeat: Loop | undefined;

  private constructor(
    private readonly version: string,
    private id: string,
  ) {}

  static async take(version: string): Promise<Lease> {
    const takenAt = performance.now();
    const lease = new Lease(version, await registerWorker(version));
    lease.renewedAt = takenAt;
    lease.heartbeat = every(HEARTBEAT_MS, () => lease.renew(), 'heartbeat');
    return lease;
  }

  workerId(): string {
    return this.id;
  }

  /** Checked before each request, on the monotonic clock: a process that was frozen must not go on sending. */
  mayStart(workerId: string): boolean {
    return workerId === this.id && performance.now() - this.renewedAt < START_DEADLINE_MS;
  }

  /** Ends the heartbeat. The row goes with retireWorker, once everything is settled. */
  async stop(): Promise<void> {
    await this.heartbeat?.stop();
  }

  private async renew(): Promise<void> {
    const sentAt = performance.now();
    if (await answered(renewLease(this.id))) {
      this.renewedAt = sentAt;
      return;
    }
    const expired = this.id;
    this.id = await answered(registerWorker(this.version));
    this.renewedAt = sentAt;
    log.warn({ expired, workerId: this.id }, 'the lease had run out; going on under a new one');
  }
}

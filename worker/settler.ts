import postgres from 'postgres';
import { log } from '@/lib/log';
import { settleRecipients, type Settlement } from '@/lib/recipients/settle';
import { answered, every, type Loop } from './loop';

const FLUSH_MS = 50;
const MAX_BATCH = 500;
const UNIQUE_VIOLATION = '23505';

interface Entry {
  settlement: Settlement;
  done: () => void;
}

/**
 * Writes results in batches. A result stays here until it is committed, through any outage of the database:
 * settling twice is harmless, losing one is not.
 */
export class Settler {
  private waiting: Entry[] = [];
  private readonly loop: Loop = every(FLUSH_MS, () => this.flush(), 'settle');

  /** Resolves when the result is committed. */
  settle(settlement: Settlement): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ settlement, done });
      if (this.waiting.length >= MAX_BATCH) this.loop.wake();
    });
  }

  /** Writes what is left and ends. Rejects when the database does not take it. */
  async close(): Promise<void> {
    await this.loop.stop();
    while (this.waiting.length > 0) await this.flush();
  }

  private async flush(): Promise<number | void> {
    const batch = this.waiting.slice(0, MAX_BATCH);
    if (batch.length === 0) return;
    await write(batch.map((entry) => entry.settlement));
    this.waiting.splice(0, batch.length);
    for (const entry of batch) entry.done();
    if (this.waiting.length >= MAX_BATCH) return 0;
  }
}

async function write(batch: Settlement[]): Promise<void> {
  try {
    await answered(settleRecipients(batch));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    for (const settlement of batch) await writeOne(settlement);
  }
}

/** A wamid that another message already has must not hold up the rest: this one is recorded without it. */
async function writeOne(settlement: Settlement): Promise<void> {
  try {
    await answered(settleRecipients([settlement]));
  } catch (error) {
    if (!isUniqueViolation(error) || settlement.result.kind !== 'accepted') throw error;
    log.warn(
      { campaignId: settlement.campaignId },
      'WhatsApp gave a message id that another message already has',
    );
    await answered(settleRecipients([{ ...settlement, result: { kind: 'accepted', wamid: null } }]));
  }
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === UNIQUE_VIOLATION;
}

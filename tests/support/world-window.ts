import { eq } from 'drizzle-orm';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { readClock } from '@/lib/engine/window-waits';
import { closedAt, type Closed } from '@/lib/send-window/closed';
import { sendWindowSchema, type SendWindow } from '@/lib/send-window/schema';

const ZONES = { '+91': 'Asia/Kolkata', '+49': 'Europe/Berlin' } as const;
const DAY_MINUTES = 24 * 60;
const HOUR_MS = 3_600_000;

/** For whom the window is open now; none: there is no window. */
export const WINDOW_SETTINGS = ['none', 'india', 'germany', 'both', 'neither'] as const;
export type WindowSetting = (typeof WINDOW_SETTINGS)[number];

/**
 * The sender's window, and what each worker believes of it. Who may be written to is told by the wall clocks in India
 * and in Germany, with nothing of lib/send-window in it.
 */
export class WorldWindow {
  private window: SendWindow | null = null;
  private readonly views = new Map<string, Closed | undefined>();

  constructor(private readonly senderId: string) {}

  /** Changes the setting. Workers go on with what they know; only that there is a window at all they are told. */
  async set(setting: WindowSetting, workers: readonly string[]): Promise<void> {
    const before = this.window;
    this.window = windowFor(setting);
    await database().db.update(senders).set({ sendWindow: this.window }).where(eq(senders.id, this.senderId));
    if (before === null) for (const worker of workers) await this.learn(worker);
  }

  /** A worker reads the setting and the clock; `hoursBehind`: it did so then and has not come to its claim since. */
  async learn(worker: string, hoursBehind = 0): Promise<void> {
    const at = (await readClock()) - hoursBehind * HOUR_MS;
    this.views.set(worker, this.window ? closedAt(this.window, at) : undefined);
  }

  viewOf(worker: string): Closed | undefined {
    return this.views.get(worker);
  }

  isClosedFor(phone: string): boolean {
    if (!this.window) return false;
    const [, zone] = Object.entries(ZONES).find(([code]) => phone.startsWith(code)) ?? [];
    if (zone === undefined) throw new Error('nobody lives there');
    const [from, to, now] = [minutesOf(this.window.from), minutesOf(this.window.to), minutesIn(zone)];
    return from < to ? now < from || now >= to : now < from && now >= to;
  }
}

/** An hour clear of either end: the clocks go on while the test runs. */
function windowFor(setting: WindowSetting): SendWindow | null {
  const [india, germany] = [minutesIn(ZONES['+91']), minutesIn(ZONES['+49'])];
  switch (setting) {
    case 'none':
      return null;
    case 'india':
      return windowOf(india - 60, india + 60);
    case 'germany':
      return windowOf(germany - 60, germany + 60);
    // India's clocks are some four hours ahead.
    case 'both':
      return windowOf(germany - 60, india + 60);
    case 'neither':
      return windowOf(india + 60, germany - 60);
  }
}

function windowOf(from: number, to: number): SendWindow {
  return sendWindowSchema.parse({ from: timeOf(from), to: timeOf(to) });
}

function timeOf(minutes: number): string {
  const within = (minutes + DAY_MINUTES) % DAY_MINUTES;
  return [Math.floor(within / 60), within % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function minutesIn(timeZone: string): number {
  return minutesOf(
    new Date().toLocaleTimeString('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  );
}

import { SlidingWindow } from '@/lib/pacing/sliding-window';

/** A second, and a little for the difference between our clock and the one that watches. */
const WINDOW_MS = 1007;

export function createWindow(rate: number): SlidingWindow {
  return new SlidingWindow(Math.max(1, Math.floor(rate)), WINDOW_MS);
}

/** One window a sender, shared by all of its campaigns in this process. */
export class SenderWindows {
  private readonly windows = new Map<string, SlidingWindow>();

  of(senderId: string): SlidingWindow {
    let window = this.windows.get(senderId);
    if (!window) this.windows.set(senderId, (window = createWindow(1)));
    return window;
  }
}

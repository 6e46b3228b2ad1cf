/**
 * Spacing between two messages, as a multiple of 1/rate: a little slack, because start times jitter by a few
 * milliseconds and no window of one second may hold more than `rate` starts.
 */
export const SPACING_SLACK = 1.005;

/** The window no process lets its share be exceeded in, ms: a second, and as little more. */
export const WINDOW_MS = 1005;

/** How far ahead slots are granted, ms. Also bounds how long a paused campaign can still start messages. */
export const GRANT_HORIZON_MS = 100;

/** How late a message may start after its slot, ms; then it needs another one. A pause must act within a second. */
export const MAX_LATENESS_MS = 400;

/** A start counts as this far in the future until its request is written, ms: a connection may have to be made. */
export const UNWRITTEN_MS = 2000;

/** How far back slots that nobody took are granted still, ms: a delay is made up for. The windows bound it. */
export const CATCH_UP_MS = 300;

/**
 * How long a process waits before it uses more of a limit than before, ms: the others give it up at once when
 * they look (every 0.4 s), and their last starts must be out of every window by then.
 */
export const HANDOVER_MS = 2000;

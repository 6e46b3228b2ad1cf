/**
 * Spacing between two messages, as a multiple of 1/rate. Not a full percent of slack: start times jitter by a few
 * milliseconds, and a window of one second must never hold more than `rate` starts.
 */
export const SPACING_SLACK = 1.008;

/** How far ahead slots are granted, ms. Also bounds how long a paused campaign can still start messages. */
export const GRANT_HORIZON_MS = 100;

/**
 * How late a message may start, and how far back missed slots are still granted, ms. Alone, a process makes up
 * for a delay: its own sliding windows see every start, so no second is ever crowded. With others at work
 * nobody sees all starts: a slot missed by more than a moment is lost, and its message gets a later one.
 */
export const TOLERANCE = {
  alone: { latenessMs: 400, catchUpMs: 300 },
  together: { latenessMs: 25, catchUpMs: 0 },
} as const;

export type Tolerance = (typeof TOLERANCE)[keyof typeof TOLERANCE];

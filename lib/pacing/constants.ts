/**
 * Spacing between two messages, as a multiple of 1/rate. Half a percent of slack: start times jitter by a few
 * milliseconds, and a window of one second must never hold more than `rate` starts.
 */
export const SPACING_SLACK = 1.005;

/** How far ahead slots are granted, ms. Also bounds how long a paused campaign can still start messages. */
export const GRANT_HORIZON_MS = 50;

/** A slot missed by more than this is lost; its message gets a later one. Starting it late would crowd the next. */
export const MAX_LATENESS_MS = 25;

/** What the share begins with when it is switched on (browser-safe): a new sender's, as the column has it. */
export const DEFAULT_FAILURE_PERCENT = 25;

/** Beyond this a planned start no longer happens by itself, minutes; the bounds of the account's own choice. */
export const LATE_AFTER = { min: 1, max: 1440 } as const;

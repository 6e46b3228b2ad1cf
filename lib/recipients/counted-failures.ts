/** So many failed recipients are grouped by cause at most: it is read often, and must stay quick. */
export const MAX_COUNTED_FAILURES = 200_000;

/**
 * People a number may write to first within 24 hours, from Meta's word for it (`TIER_10K`); null when there is no
 * limit or the word is not known (browser-safe).
 */
export function dailyLimitOf(messagingLimit: string | null): number | null {
  const [, digits, thousands] = /^TIER_(\d{1,6})(K?)$/i.exec(messagingLimit ?? '') ?? [];
  if (digits === undefined) return null;
  return Number(digits) * (thousands ? 1000 : 1);
}

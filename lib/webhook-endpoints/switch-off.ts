/** Why Herald stopped calling an endpoint, for whoever has to mend it. */
export function whySwitchedOff(of: { gone: boolean; since: string; error: string }): string {
  return of.gone
    ? 'It answered 410 (gone): it wants no more webhooks. Switch it on again if that was a mistake.'
    : `Nothing has been taken since ${of.since}; the last attempt: ${of.error} Mend it, then switch it on again: what waits is sent then.`;
}

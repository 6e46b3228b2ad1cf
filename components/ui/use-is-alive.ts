import { useSyncExternalStore } from 'react';

const neverChanges = () => () => undefined;
const inBrowser = () => true;
const onServer = () => false;

/** Whether the page's scripts have taken over: until then it is what the server made, and answers to nobody. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(neverChanges, inBrowser, onServer);
}

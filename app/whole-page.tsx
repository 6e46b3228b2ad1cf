'use client';

import { useServerInsertedHTML } from 'next/navigation';
import type { ReactNode } from 'react';
import { WHOLE_PAGE_ID } from './whole-page-id';

/**
 * The mark behind what is sent at once. A page is sent in pieces, the large ones behind the rest: painted as they come,
 * each would move what is there already. A page that is late is behind the mark: its skeleton is painted before it.
 */
export function WholePage() {
  // First Next asks what belongs into the head; then what belongs behind the first piece.
  useServerInsertedHTML(atSecondCall(<template id={WHOLE_PAGE_ID} />));
  return null;
}

function atSecondCall(node: ReactNode): () => ReactNode {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === 2 ? node : null;
  };
}

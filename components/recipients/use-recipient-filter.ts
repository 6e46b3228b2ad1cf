'use client';

import { useMemo, useState } from 'react';
import { filterParams, type RecipientFilter } from './recipient-filter';

export const LIST_ID = 'recipients';

export function useRecipientFilter(initial: RecipientFilter) {
  const [chosen, setChosen] = useState(initial);
  return useMemo(() => {
    function choose(next: RecipientFilter): void {
      setChosen(next);
      const query = filterParams(next, 'error').toString();
      window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
    }
    return {
      chosen,
      choose,
      /** And leads to the list, from elsewhere on the page. */
      show(next: RecipientFilter): void {
        choose(next);
        document.getElementById(LIST_ID)?.scrollIntoView({ block: 'start' });
      },
    };
  }, [chosen]);
}

export type RecipientFilterState = ReturnType<typeof useRecipientFilter>;

import { use, type ReactNode } from 'react';

const matches = new Map<string, Promise<void>>();

/**
 * What is drawn twice, for a narrow and for a wide window, comes alive only in the window that shows it; the other
 * stands as the server made it, hidden by its style, until the window is made wide or narrow enough. Inside a Suspense
 * boundary. `media`: the media query under which the children are shown.
 */
export function WhereShown({ media, children }: { media: string; children: ReactNode }): ReactNode {
  if (typeof window !== 'undefined') use(whenMatching(media));
  return children;
}

function whenMatching(media: string): Promise<void> {
  const known = matches.get(media);
  if (known) return known;
  const query = window.matchMedia(media);
  const matching = new Promise<void>((resolve) => {
    const look = () => {
      if (!query.matches) return;
      query.removeEventListener('change', look);
      resolve();
    };
    query.addEventListener('change', look);
    look();
  });
  matches.set(media, matching);
  return matching;
}

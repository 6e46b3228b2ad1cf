'use client';

import { Activity, type ComponentType } from 'react';
import { afterFirstPaint, later } from '@/components/ui/later';

/**
 * A part of a page with LiveData around it, which comes alive after the page's first load; the server draws it. An
 * Activity comes alive by itself as a Suspense does, but shows nothing else while its code is fetched: whoever comes
 * from another page sees that page's skeleton until then, and no hole.
 */
export function laterLive<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Part = later<Props>(async () => {
    if (typeof window !== 'undefined') await afterFirstPaint();
    const [Component, { LiveData }] = await Promise.all([load(), import('./live-data')]);
    return function Live(props: Props) {
      return (
        <LiveData>
          <Component {...props} />
        </LiveData>
      );
    };
  });
  return function Later(props: Props) {
    return (
      <Activity>
        <Part {...props} />
      </Activity>
    );
  };
}

'use client';

import { Suspense, type ComponentType } from 'react';
import { afterFirstPaint, later } from '@/components/ui/later';

/** A part of a page with LiveData around it, which comes alive after the page's first load; the server draws it. */
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
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  };
}

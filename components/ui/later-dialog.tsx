'use client';

import { Suspense, type ComponentType } from 'react';
import { later, useOnceTrue } from './later';

/** A dialog whose code comes later: it is drawn once it has been wanted, and stays, to close in its own way. */
export function laterDialog<Props extends { open: boolean }>(load: () => Promise<ComponentType<Props>>) {
  const Box = later<Props>(load);
  return function LaterDialog(props: Props) {
    const isWanted = useOnceTrue(props.open);
    // No boundary before that: each that the server has drawn comes alive by itself, and a row would have several.
    return (
      isWanted && (
        <Suspense>
          <Box {...props} />
        </Suspense>
      )
    );
  };
}

'use client';

import { Suspense } from 'react';
import type { ConfirmDialogProps } from './confirm-box';
import { later, useOnceTrue } from './later';

const ConfirmBox = later<ConfirmDialogProps>(async () => (await import('./confirm-box')).ConfirmBox);

/** Asks before what cannot be undone. Focus starts on the way back, is kept inside, and returns at the end. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const isWanted = useOnceTrue(props.open);
  return <Suspense>{isWanted && <ConfirmBox {...props} />}</Suspense>;
}

'use client';

import { Suspense } from 'react';
import type { DialogProps } from './dialog-box';
import { later, useOnceTrue } from './later';

const DialogBox = later<DialogProps>(async () => (await import('./dialog-box')).DialogBox);

/** A form or details over the page. Focus is kept inside and returns at the end; Esc and the backdrop close it. */
export function Dialog(props: DialogProps) {
  const isWanted = useOnceTrue(props.open);
  return <Suspense>{isWanted && <DialogBox {...props} />}</Suspense>;
}

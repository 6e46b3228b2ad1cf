'use client';

import type { DialogProps } from './dialog-box';
import { laterDialog } from './later-dialog';

/** A form or details over the page. Focus is kept inside and returns at the end; Esc and the backdrop close it. */
export const Dialog = laterDialog<DialogProps>(async () => (await import('./dialog-box')).DialogBox);

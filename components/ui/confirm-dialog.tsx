'use client';

import type { ConfirmDialogProps } from './confirm-box';
import { laterDialog } from './later-dialog';

/** Asks before what cannot be undone. Focus starts on the way back, is kept inside, and returns at the end. */
export const ConfirmDialog = laterDialog<ConfirmDialogProps>(
  async () => (await import('./confirm-box')).ConfirmBox,
);

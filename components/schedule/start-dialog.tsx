'use client';

import { laterDialog } from '@/components/ui/later-dialog';
import type { StartDialogProps } from './start-box';

/** Sets the time at which a draft starts by itself, or another one until it has begun. */
export const StartDialog = laterDialog<StartDialogProps>(async () => (await import('./start-box')).StartBox);

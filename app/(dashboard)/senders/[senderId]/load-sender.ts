import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { readAs } from '@/lib/auth/read-as';
import { AppError } from '@/lib/errors';
import { getSender } from '@/lib/senders/queries';
import type { Sender } from '@/lib/senders/schema';
import type { WorkspaceId } from '@/lib/tenant';

/** The sender of a page, read once for title and page alike; the 404 page for anybody else's. */
export const loadSender = cache(async (workspaceId: WorkspaceId, senderId: string): Promise<Sender> => {
  if (!z.uuid().safeParse(senderId).success) notFound();
  const read = () => getSender(workspaceId, senderId);
  return readAs({ workspaceId }, read).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'not_found') notFound();
    throw error;
  });
});

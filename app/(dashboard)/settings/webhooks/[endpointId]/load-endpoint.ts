import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { readAs } from '@/lib/auth/read-as';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { getWebhookEndpoint } from '@/lib/webhook-endpoints/queries';
import type { WebhookEndpoint } from '@/lib/webhook-endpoints/schema';

/** The endpoint of a page, read once for title and page alike; the 404 page for anybody else's. */
export const loadEndpoint = cache(
  async (workspaceId: WorkspaceId, endpointId: string): Promise<WebhookEndpoint> => {
    if (!z.uuid().safeParse(endpointId).success) notFound();
    const read = () => getWebhookEndpoint({ workspaceId, endpointId });
    return readAs({ workspaceId }, read).catch((error: unknown) => {
      if (error instanceof AppError && error.kind === 'not_found') notFound();
      throw error;
    });
  },
);

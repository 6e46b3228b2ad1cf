import type { Metadata } from 'next';
import { EndpointList } from '@/components/webhook-endpoints/endpoint-list';
import { readAs } from '@/lib/auth/read-as';
import { listWebhookEndpoints } from '@/lib/webhook-endpoints/queries';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const user = await requireUser('/settings/webhooks');
  const endpoints = await readAs(user, () => listWebhookEndpoints(user.workspaceId));
  return <EndpointList initial={endpoints} readAt={Date.now()} />;
}

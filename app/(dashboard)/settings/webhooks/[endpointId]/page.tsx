import type { Metadata } from 'next';
import { EndpointDetail } from '@/components/webhook-endpoints/endpoint-detail';
import { readAs } from '@/lib/auth/read-as';
import { getSessionUser } from '@/lib/auth/session-user';
import { listDeliveries } from '@/lib/webhook-endpoints/deliveries';
import { requireUser } from '../../../require-user';
import { loadEndpoint } from './load-endpoint';

interface Props {
  params: Promise<{ endpointId: string }>;
}

const FIRST_PAGE = 25;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  // Without a user the page itself leads to the sign-in, with the way back.
  const user = await getSessionUser();
  if (!user) return { title: 'Webhook' };
  const { url } = await loadEndpoint(user.workspaceId, (await params).endpointId);
  return { title: new URL(url).host };
}

export default async function WebhookEndpointPage({ params }: Props) {
  const { endpointId } = await params;
  const user = await requireUser(`/settings/webhooks/${endpointId}`);
  const endpoint = await loadEndpoint(user.workspaceId, endpointId);
  const key = { workspaceId: user.workspaceId, endpointId, limit: FIRST_PAGE };
  const firstPage = await readAs(user, () => listDeliveries(key));
  return <EndpointDetail initial={endpoint} firstPage={firstPage} readAt={Date.now()} />;
}

import type { Metadata } from 'next';
import { ApiKeys } from '@/components/api-keys/api-keys';
import { listApiKeys } from '@/lib/api-keys/queries';
import { readAs } from '@/lib/auth/read-as';
import { getEnv } from '@/lib/env';
import { requireUser } from '../../require-user';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage() {
  const user = await requireUser('/settings/api-keys');
  const keys = await readAs(user, () => listApiKeys(user.workspaceId));
  return <ApiKeys initial={keys} readAt={Date.now()} baseUrl={getEnv().publicUrl} />;
}

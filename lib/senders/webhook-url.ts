import { getEnv } from '@/lib/env';

/** Where Meta, or the sandbox, calls; the same for every sender: the signature tells them apart. */
export function webhookUrl(): string {
  return `${getEnv().publicUrl}/api/webhooks/whatsapp`;
}

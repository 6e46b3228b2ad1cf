import { createHmac } from 'node:crypto';
import { getEnv } from '@/lib/env';
import type { ContactKey } from './campaigns';

const HASH_CHARS = 16;

/**
 * How the audit names an erased number: nobody without this installation's key can find the number by trying all
 * there are, and Herald can still say of a number that it was erased.
 */
export function erasedSubject({ workspaceId, phone }: ContactKey): string {
  const mac = createHmac('sha256', getEnv().encryptionKey).update(`erased contact ${workspaceId} ${phone}`);
  return `erased-${mac.digest('hex').slice(0, HASH_CHARS)}`;
}

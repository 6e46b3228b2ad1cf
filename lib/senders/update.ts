import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { rateLimits } from '@/db/schema/engine';
import { senders } from '@/db/schema/senders';
import { AppError, notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { toSender } from './queries';
import type { Sender, UpdateSender } from './schema';
import { sealSenderSecret } from './secrets';

export interface UpdateSenderInput extends UpdateSender {
  workspaceId: WorkspaceId;
  senderId: string;
}

/**
 * Changes what is given. A new rate acts on running campaigns at once, a new token on the next request. Throws
 * AppError: `not_found`, `sandbox_credentials_fixed` (422).
 */
export async function updateSender(input: UpdateSenderInput, db: Db = database().db): Promise<Sender> {
  const { workspaceId, senderId, rate_limit: rate } = input;
  return db.transaction(async (tx) => {
    const [sender] = await tx
      .update(senders)
      .set({
        name: input.name,
        verifyToken: input.verify_token,
        rateLimit: rate,
        ...sealedSecrets(input),
        updatedAt: sql`now()`,
      })
      .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)))
      .returning();
    if (!sender) throw notFound('sender');
    if (sender.sandbox && (input.access_token ?? input.app_secret ?? input.verify_token) !== undefined) {
      throw new AppError(
        'invalid',
        'sandbox_credentials_fixed',
        'The sandbox gave this sender its credentials: only its name and rate_limit can be changed.',
      );
    }
    if (rate !== undefined) {
      await tx
        .update(rateLimits)
        .set({ rate })
        .where(and(eq(rateLimits.workspaceId, workspaceId), eq(rateLimits.id, senderId)));
    }
    return toSender(sender);
  });
}

function sealedSecrets({
  workspaceId,
  senderId,
  access_token: token,
  app_secret: secret,
}: UpdateSenderInput) {
  const row = { workspaceId, id: senderId };
  return {
    accessTokenSealed: token === undefined ? undefined : sealSenderSecret(row, 'access_token', token),
    appSecretSealed: secret === undefined ? undefined : sealSenderSecret(row, 'app_secret', secret),
  };
}

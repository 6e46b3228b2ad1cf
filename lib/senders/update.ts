import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { rateLimits } from '@/db/schema/engine';
import { senders } from '@/db/schema/senders';
import { recordAudit } from '@/lib/audit/record';
import { toBrakeColumns } from '@/lib/brakes/columns';
import { AppError, notFound } from '@/lib/errors';
import type { Actor } from '@/lib/tenant';
import { changesOf } from './changes';
import { getSender } from './queries';
import { tellRunningCampaigns } from './running-campaigns';
import type { Sender, UpdateSender } from './schema';
import { hintOf, sealSenderSecret } from './secrets';

export interface UpdateSenderInput extends UpdateSender {
  actor: Actor;
  senderId: string;
}

/**
 * Changes what is given; running campaigns go on by it at once, and what an old token still brings does not pause them. Throws
 * AppError: `not_found`, `sandbox_credentials_fixed` (422).
 */
export async function updateSender(input: UpdateSenderInput, db: Db = database().db): Promise<Sender> {
  const { actor, senderId, ...given } = input;
  const { workspaceId } = actor;
  const own = and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId));
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(senders).where(own).for('update');
    if (!before) throw notFound('sender');
    if (before.sandbox && (given.access_token ?? given.app_secret ?? given.verify_token) !== undefined) {
      throw new AppError(
        'invalid',
        'sandbox_credentials_fixed',
        'The sandbox gave this sender its credentials: everything else can be changed.',
      );
    }
    await tx
      .update(senders)
      .set({ ...columnsOf(given), ...sealedSecrets(input), updatedAt: sql`now()` })
      .where(own);
    if (given.rate_limit !== undefined) {
      await tx
        .update(rateLimits)
        .set({ rate: given.rate_limit })
        .where(and(eq(rateLimits.workspaceId, workspaceId), eq(rateLimits.id, senderId)));
    }
    const detail = changesOf(before, given);
    if (detail.fields.length > 0) await tellRunningCampaigns({ workspaceId, senderId }, tx);
    const event = { ...actor, kind: 'sender_changed', subject: given.name ?? before.name, detail } as const;
    await recordAudit(detail.fields.length > 0 ? [event] : [], tx);
    return getSender(workspaceId, senderId, tx);
  });
}

function columnsOf(given: UpdateSender) {
  return {
    name: given.name,
    verifyToken: given.verify_token,
    rateLimit: given.rate_limit,
    defaultCountry: given.default_country,
    ...toBrakeColumns(given.brakes ?? {}),
    sendWindow: given.send_window,
    marketingRoute: given.marketing_route,
  };
}

function sealedSecrets({ actor, senderId, access_token: token, app_secret: secret }: UpdateSenderInput) {
  const row = { workspaceId: actor.workspaceId, id: senderId };
  return {
    ...(token !== undefined && {
      accessTokenSealed: sealSenderSecret(row, 'access_token', token),
      accessTokenHint: hintOf(token),
    }),
    ...(secret !== undefined && {
      appSecretSealed: sealSenderSecret(row, 'app_secret', secret),
      appSecretHint: hintOf(secret),
    }),
  };
}

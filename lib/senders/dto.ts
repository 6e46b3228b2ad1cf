import type { senders } from '@/db/schema/senders';
import { toBrakes } from '@/lib/brakes/columns';
import type { Sender } from './schema';
import { timeZonesOf } from './time-zones';
import { webhookUrl } from './webhook-url';

/** The campaigns that need a sender: how many there are, and the newest of them. */
export type CampaignsInUse = Pick<Sender, 'campaigns' | 'campaigns_in_use'>;

export const NO_CAMPAIGNS: CampaignsInUse = { campaigns: [], campaigns_in_use: 0 };

/** A row as the API shows it. */
export function toSender(row: typeof senders.$inferSelect, inUse: CampaignsInUse): Sender {
  return {
    id: row.id,
    user_id: row.userId,
    name: row.name,
    sandbox: row.sandbox,
    phone_number_id: row.phoneNumberId,
    waba_id: row.wabaId,
    portfolio_id: row.portfolioId,
    webhook_url: webhookUrl(),
    verify_token: row.verifyToken,
    token_ends_in: row.accessTokenHint,
    secret_ends_in: row.appSecretHint,
    rate_limit: row.rateLimit,
    default_country: row.defaultCountry,
    brakes: toBrakes(row),
    send_window: row.sendWindow,
    marketing_route: row.marketingRoute,
    status: row.status,
    quality_rating: row.qualityRating,
    throughput_level: row.throughputLevel,
    messaging_limit: row.messagingLimit,
    health: row.health,
    health_reason: row.healthReason,
    display_phone_number: row.displayPhoneNumber,
    time_zones: [...timeZonesOf(row.displayPhoneNumber)],
    verified_name: row.verifiedName,
    webhook_seen_at: row.webhookSeenAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    synced_at: row.syncedAt?.toISOString() ?? null,
    ...inUse,
  };
}

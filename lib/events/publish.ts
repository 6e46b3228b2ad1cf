import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';

/** Heard by every worker: a campaign started, paused, stopped or changed its speed. Rare, never per message. */
export const CAMPAIGN_CHANNEL = 'herald_campaign';

/** Tells the workers to look at a campaign now. Inside a transaction it goes out with the commit. */
export async function publishCampaignChange(campaignId: string, db: Db = database().db): Promise<void> {
  await db.execute(sql`SELECT pg_notify(${CAMPAIGN_CHANNEL}, ${campaignId})`);
}

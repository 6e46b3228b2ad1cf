import { and, eq, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaignCountries, costCounters } from '@/db/schema/costs';
import { templates } from '@/db/schema/senders';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign } from '@/lib/campaigns/schema';
import type { WorkspaceId } from '@/lib/tenant';
import { parsePricing } from './pricing';
import { listRates } from './rates';
import type { CampaignCost } from './schema';
import { asCounted, categoryOf, dayOf, sumCosts, type Counted } from './sum';

interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

/**
 * What a campaign was expected to cost and what WhatsApp has priced so far; throws 404. Read from counters: a few
 * rows a country, however many people there are. Both by the rates of the day it started, or is planned to.
 */
export async function getCampaignCost(key: OfCampaign, db: Db = database().db): Promise<CampaignCost> {
  const campaign = await getCampaign(key, db);
  const [rates, people, priced, category] = await Promise.all([
    listRates(key.workspaceId, db),
    readPeople(key, db),
    readPriced(key, db),
    readCategory(key.workspaceId, campaign.template_id, db),
  ]);
  const day = ratesDay(campaign);
  const actual = sumCosts(priced, rates, day);
  return {
    estimate: sumCosts(asCounted(people, category), rates, day),
    actual: {
      ...actual,
      without_pricing: Math.max(campaign.delivered - actual.billed - actual.free, 0),
    },
    sandbox: campaign.sandbox,
  };
}

/** One day for a whole campaign: its sum does not depend on how long it took. */
function ratesDay({ started_at: started, scheduled_at: planned }: Campaign): string {
  return dayOf(new Date(started ?? planned ?? Date.now()));
}

async function readPeople({ workspaceId, campaignId }: OfCampaign, db: Db) {
  return db
    .select({
      country: campaignCountries.country,
      callingCode: campaignCountries.callingCode,
      people: campaignCountries.people,
    })
    .from(campaignCountries)
    .where(and(eq(campaignCountries.workspaceId, workspaceId), eq(campaignCountries.campaignId, campaignId)));
}

async function readPriced({ workspaceId, campaignId }: OfCampaign, db: Db): Promise<Counted[]> {
  const rows = await db
    .select({
      country: costCounters.country,
      callingCode: costCounters.callingCode,
      pricing: costCounters.pricing,
      messages: sql<number>`sum(${costCounters.messages})::int`,
    })
    .from(costCounters)
    .where(and(eq(costCounters.workspaceId, workspaceId), eq(costCounters.campaignId, campaignId)))
    .groupBy(costCounters.country, costCounters.callingCode, costCounters.pricing);
  return rows.map(({ pricing, ...row }) => {
    const { billable, category, type, model } = parsePricing(pricing);
    return { ...row, billable, category, type, byConversation: model === 'cbp' };
  });
}

async function readCategory(workspaceId: WorkspaceId, templateId: number, db: Db): Promise<string> {
  const [template] = await db
    .select({ category: templates.category })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, templateId)));
  return categoryOf(template?.category ?? 'unspecified');
}

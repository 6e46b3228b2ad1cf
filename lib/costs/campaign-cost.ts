import { and, eq, inArray, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaignCountries, costCounters } from '@/db/schema/costs';
import { templates } from '@/db/schema/senders';
import { getCampaign } from '@/lib/campaigns/queries';
import type { Campaign } from '@/lib/campaigns/schema';
import type { WorkspaceId } from '@/lib/tenant';
import { peopleOf } from '@/lib/variants/people';
import type { VariantKey } from '@/lib/variants/keys';
import type { Variant } from '@/lib/variants/schema';
import { parsePricing } from './pricing';
import { listRates } from './rates';
import type { CampaignCost } from './schema';
import { asCounted, categoryOf, dayOf, sumCosts, type CategoryPart, type Counted } from './sum';

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
  const [rates, people, priced, parts] = await Promise.all([
    listRates(key.workspaceId, db),
    readPeople(key, db),
    readPriced(key, db),
    readParts(key.workspaceId, campaign, db),
  ]);
  const day = ratesDay(campaign);
  const actual = sumCosts(priced, rates, day);
  return {
    estimate: sumCosts(asCounted(people, parts), rates, day),
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

/** The people by the category of their message; those who wait for a choice by the shares, until it is made. */
async function readParts(
  workspaceId: WorkspaceId,
  { template_id, variants, holdback }: Campaign,
  db: Db,
): Promise<CategoryPart[]> {
  const waiting = holdback?.waiting ?? 0;
  const messages = variants?.map((variant) => ({
    template_id: variant.template_id,
    weight: peopleOf(variant) + waitingFor(variant, { waiting, winner: holdback?.winner ?? null }),
  })) ?? [{ template_id, weight: 1 }];
  const rows = await db
    .select({ id: templates.id, category: templates.category })
    .from(templates)
    .where(
      and(
        eq(templates.workspaceId, workspaceId),
        inArray(
          templates.id,
          messages.map((message) => message.template_id),
        ),
      ),
    );
  const categories = new Map(rows.map(({ id, category }) => [id, category]));
  return messages.map((message) => ({
    category: categoryOf(categories.get(message.template_id) ?? 'unspecified'),
    weight: message.weight,
  }));
}

function waitingFor({ key, share }: Variant, of: { waiting: number; winner: VariantKey | null }): number {
  if (of.winner === null) return (of.waiting * share) / 100;
  return key === of.winner ? of.waiting : 0;
}

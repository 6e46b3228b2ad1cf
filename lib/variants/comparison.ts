import type { Db } from '@/db/client';
import { database } from '@/db/client';
import { getCampaign } from '@/lib/campaigns/queries';
import { AppError } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { compareVariants } from './compare';
import type { CampaignComparison } from './comparison-schema';
import { DECIDE_BY } from './keys';

/**
 * The messages against each other: as they stand now, or as they stood when one was chosen, for from then on those
 * who waited are in its group and not in the others. Throws 404; 409 when the campaign tests nothing.
 */
export async function getComparison(
  of: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<CampaignComparison> {
  const { variants, holdback } = await getCampaign(of, db);
  if (!variants) throw noTest();
  const compared = holdback?.decision?.variants ?? variants;
  return {
    decided_at: holdback?.decision?.at ?? null,
    measures: DECIDE_BY.map((measure) => compareVariants(compared, measure)),
  };
}

/** 409: there is one message. */
export function noTest(): AppError {
  return new AppError(
    'conflict',
    'no_test',
    'This campaign sends one message, so that there is nothing to compare: create one with `variants`.',
  );
}

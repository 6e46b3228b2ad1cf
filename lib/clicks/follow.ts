import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { valueOf } from '@/lib/recipients/params';
import { mappingOfVariant } from '@/lib/variants/stored';
import { destinationOf } from './destination';
import type { LinkKey } from './token';

/**
 * Where a link leads: from what the campaign and the recipient's row say, never from the request. null: the campaign is
 * gone, the person was erased, or nothing fills it. Two rows by their primary keys.
 */
export async function findDestination(
  { workspaceId, campaignId, recipientId, parameter }: LinkKey,
  db: Db = database().db,
): Promise<string | null> {
  const [row] = await db
    .select({
      trackClicks: campaigns.trackClicks,
      mapping: campaigns.mapping,
      variants: campaigns.variants,
      variant: recipients.variant,
      cells: recipients.cells,
    })
    .from(campaigns)
    .innerJoin(
      recipients,
      and(eq(recipients.workspaceId, campaigns.workspaceId), eq(recipients.campaignId, campaigns.id)),
    )
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        eq(campaigns.id, campaignId),
        eq(recipients.id, recipientId),
      ),
    );
  const destination = row?.trackClicks?.[parameter];
  const source = row && mappingOfVariant(row, row.variant)[parameter];
  return row && destination && source ? destinationOf(destination, valueOf(row.cells, source)) : null;
}

import { database, type Db } from '@/db/client';
import { campaignDrafts } from '@/db/schema/campaigns';
import { FileParts } from '@/lib/drafts/file-parts';
import { toDraft } from '@/lib/drafts/queries';
import { draftContentsSchema, type Draft } from '@/lib/drafts/schema';
import { BYTE_ORDER_MARK, formatCsv } from '@/lib/recipients/csv-cells';
import type { Actor } from '@/lib/tenant';
import { readAudience } from './audience';
import { getFollowed } from './followed';
import { nobodyInAudience, shapeOf } from './list';
import type { Follows } from './schema';
import { audienceWords } from './words';

const MAX_NAME = 200;

/**
 * A draft of the wizard for people of another campaign, frozen as they stand now: they are its file. Throws 404,
 * 413, and 422 when nobody is in the audience.
 */
export async function createFollowUpDraft(
  actor: Actor,
  { follows, maxBytes }: { follows: Follows; maxBytes: number },
  db: Db = database().db,
): Promise<Draft> {
  const { workspaceId, userId } = actor;
  const { campaign_id: campaignId, ...audience } = follows;
  return db.transaction(async (tx) => {
    const followed = await getFollowed({ workspaceId, campaignId }, tx);
    const shape = shapeOf(followed.columns);
    const fileName = `${followed.name}, ${audienceWords(audience)}.csv`;
    const contents = draftContentsSchema.parse({
      sender_id: followed.senderId,
      file: { name: fileName, kind: 'text', encoding: 'utf-8', delimiter: ',' },
      mapping: { phone_number: { column: shape.phoneColumn } },
      follows: { ...follows, name: followed.name, tested: followed.variants !== null },
    });
    const name = `Follow-up: ${followed.name}`.slice(0, MAX_NAME);
    const [row] = await tx
      .insert(campaignDrafts)
      .values({ workspaceId, userId, name, contents, fileName })
      .returning();
    if (!row) throw new Error('The insert of a draft returned nothing.');

    const file = new FileParts({ workspaceId, draftId: row.id, maxBytes }, tx);
    await file.write(BYTE_ORDER_MARK + formatCsv([shape.columns]));
    let people = 0;
    for await (const members of readAudience({ workspaceId, campaignId }, audience, tx)) {
      people += members.length;
      await file.write(formatCsv(members.map(shape.cellsOf)));
    }
    if (people === 0) throw nobodyInAudience();
    return toDraft({ ...row, fileBytes: await file.end() });
  });
}

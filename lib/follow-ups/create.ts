import { database, type Db } from '@/db/client';
import { closeDraft, openDraft } from '@/lib/intake/campaign-draft';
import { CsvImport, nobodyLeft } from '@/lib/intake/csv-import';
import type { CreatedCampaign } from '@/lib/intake/schema';
import { resolveColumns, type ColumnMap, type NamedSource } from '@/lib/recipients/mapping';
import type { Mapping } from '@/lib/recipients/params';
import type { TemplateParameter } from '@/lib/templates/schema';
import type { Actor } from '@/lib/tenant';
import { readAudience } from './audience';
import type { FollowUpBody } from './body-schema';
import { fillingOf } from './filling';
import { getFollowed } from './followed';
import { nobodyInAudience, shapeOf, type ListShape } from './list';

/**
 * A draft campaign for people of another one, frozen as they stand now: checked, and without those on the
 * do-not-contact list, as every import is. Memory is bounded by a batch. Throws 404; 422 when nobody is left.
 */
export async function createFollowUp(
  actor: Actor,
  { campaignId, body }: { campaignId: string; body: FollowUpBody },
  db: Db = database().db,
): Promise<CreatedCampaign> {
  const of = { workspaceId: actor.workspaceId, campaignId };
  const { audience, error_code, mapping, message, ...order } = body;
  const wanted = { audience, ...(error_code !== undefined && { error_code }) };
  return db.transaction(async (tx) => {
    const followed = await getFollowed(of, tx);
    const draft = await openDraft(actor, order, tx);
    const shape = shapeOf(followed.columns);
    const filled = fillingOf(followed, { templateId: draft.template.id, message, isGiven: !!mapping });
    const map = mapOf(shape, {
      mapping: mapping ?? (filled && byNames(filled, { columns: followed.columns, shape })),
      parameters: draft.template.parameters,
    });
    const { columns } = shape;
    const rows = new CsvImport({ draft, columns, map, defaultCountry: undefined }, tx);
    // Counted as in a file: the header would be row 1.
    let row = 1;
    for await (const members of readAudience(of, wanted, tx)) {
      await rows.addStored(members.map((member) => ({ row: (row += 1), cells: shape.cellsOf(member) })));
    }
    await rows.flush();
    if (rows.tally.rows === 0) throw nobodyInAudience();
    if (rows.tally.imported === 0) throw nobodyLeft(rows);
    const contents = {
      columns,
      mappings: [map.parameters],
      tally: rows.tally,
      // They came from where they came from the first time.
      list: { source: followed.listSource, name: followed.listName },
      follows: { campaign_id: campaignId, ...wanted, name: followed.name },
    };
    return closeDraft(draft, contents, tx);
  });
}

/** The number is the one that was written to, with its country in it. */
function mapOf(
  { columns, phoneColumn }: ListShape,
  {
    mapping,
    parameters,
  }: { mapping: Record<string, NamedSource> | undefined; parameters: readonly TemplateParameter[] },
): ColumnMap {
  const full = mapping && { ...mapping, phone_number: { column: phoneColumn } };
  return {
    ...resolveColumns({ columns, mapping: full, parameters }),
    countryCode: { column: null, text: '' },
  };
}

/** How the followed campaign filled a message, by the names the columns have here. */
function byNames(
  filled: Mapping,
  { columns, shape }: { columns: readonly string[]; shape: ListShape },
): Record<string, NamedSource> {
  const shift = shape.columns.length - columns.length;
  return Object.fromEntries(
    Object.entries(filled).map(([key, { column, text, format }]) => {
      const name = column === null ? undefined : shape.columns[column + shift];
      return [
        key,
        { ...(name !== undefined && { column: name }), ...(text && { text }), ...(format && { format }) },
      ];
    }),
  );
}

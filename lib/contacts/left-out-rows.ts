import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaigns, rejectedRows } from '@/db/schema/campaigns';
import type { WorkspaceId } from '@/lib/tenant';
import type { ContactExport } from './schema';

const LONGEST_CELL = 64;

/** Rows left out of uploads with one of these digits in a cell, whatever stands between them. */
export async function listLeftOutRows(
  workspaceId: WorkspaceId,
  forms: readonly string[],
  db: Db,
): Promise<ContactExport['left_out_rows']> {
  const rows = await db
    .select({
      campaign_id: rejectedRows.campaignId,
      row: rejectedRows.rowNumber,
      reason: rejectedRows.reason,
      cells: rejectedRows.cells,
      columns: campaigns.columns,
    })
    .from(rejectedRows)
    .innerJoin(
      campaigns,
      and(eq(campaigns.workspaceId, rejectedRows.workspaceId), eq(campaigns.id, rejectedRows.campaignId)),
    )
    .where(and(eq(rejectedRows.workspaceId, workspaceId), hasNumber(forms)))
    .orderBy(asc(rejectedRows.campaignId), asc(rejectedRows.rowNumber));
  return rows.map(({ cells, columns, ...row }) => ({ ...row, values: byColumn(columns, cells) }));
}

/** Empties those rows; that they were left out, and why, stays. Returns how many. */
export async function emptyLeftOutRows(
  workspaceId: WorkspaceId,
  forms: readonly string[],
  tx: Db,
): Promise<number> {
  const emptied = await tx
    .update(rejectedRows)
    .set({ cells: emptyCells(sql`${rejectedRows.cells}`) })
    .where(and(eq(rejectedRows.workspaceId, workspaceId), hasNumber(forms)))
    .returning({ row: rejectedRows.rowNumber });
  return emptied.length;
}

/** As many cells as there were, all empty: exports still line up with their header. */
export function emptyCells(cells: SQL): SQL<string[]> {
  return sql`(SELECT coalesce(jsonb_agg(''::text), '[]') FROM jsonb_array_elements(${cells}))`;
}

/** A row of an upload by its columns; what is beyond the header has a number for a name. */
export function byColumn(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(cells.map((cell, i) => [columns[i] ?? `Column ${i + 1}`, cell]));
}

function hasNumber(forms: readonly string[]): SQL {
  const digits = sql`regexp_replace(translate(cell, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'), '\\D', '', 'g')`;
  return sql`EXISTS (
    SELECT 1 FROM jsonb_array_elements_text(${rejectedRows.cells}) AS cell
    WHERE length(cell) <= ${LONGEST_CELL} AND ${digits} = ANY (${sql.param([...forms])}::text[]))`;
}

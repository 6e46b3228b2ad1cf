import { and, asc, eq, ne, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { templates } from '@/db/schema/senders';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { deriveParameters } from './parameters';
import { parameterFormatSchema, templateComponentSchema, type Template } from './schema';
import { unsendableReason } from './sendable';

type TemplateRow = typeof templates.$inferSelect;

/** Of PostgreSQL's integer: beyond it the statement itself would fail. */
const MAX_ID = 2_147_483_647;

const storedComponents = z.array(templateComponentSchema).catch([]);
const storedFormat = parameterFormatSchema.catch('POSITIONAL');

/** One template of the workspace. Throws AppError `not_found`. */
export async function getTemplate(
  workspaceId: WorkspaceId,
  id: number,
  db: Db = database().db,
): Promise<Template> {
  if (!Number.isInteger(id) || id < 1 || id > MAX_ID) throw notFound('template');
  const [row] = await db
    .select()
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.id, id)));
  if (!row) throw notFound('template');
  return toTemplate(row);
}

export interface TemplateFilter {
  senderId?: string;
  status?: string;
}

/**
 * The workspace's templates by name and language; all of them, an account has at most 6,000. Those deleted at
 * WhatsApp only when asked for by that status.
 */
export async function listTemplates(
  workspaceId: WorkspaceId,
  filter: TemplateFilter = {},
  db: Db = database().db,
): Promise<Template[]> {
  const conditions: SQL[] = [eq(templates.workspaceId, workspaceId)];
  if (filter.senderId) conditions.push(eq(templates.senderId, filter.senderId));
  conditions.push(filter.status ? eq(templates.status, filter.status) : ne(templates.status, 'DELETED'));
  const rows = await db
    .select()
    .from(templates)
    .where(and(...conditions))
    .orderBy(asc(templates.name), asc(templates.language), asc(templates.id));
  return rows.map(toTemplate);
}

/** A row as the API shows it. */
export function toTemplate(row: TemplateRow): Template {
  const components = storedComponents.parse(row.components);
  const parameterFormat = storedFormat.parse(row.parameterFormat);
  const template = {
    id: row.id,
    sender_id: row.senderId,
    meta_id: row.metaId,
    name: row.name,
    language: row.language,
    category: row.category,
    status: row.status,
    parameter_format: parameterFormat,
    components,
    parameters: deriveParameters(components, parameterFormat),
    quality_score: row.qualityScore,
    rejected_reason: row.rejectedReason,
    synced_at: row.syncedAt.toISOString(),
    last_mapping: row.lastMapping,
  };
  return { ...template, unsendable_reason: unsendableReason(template) };
}

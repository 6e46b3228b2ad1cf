import { sql } from 'drizzle-orm';
import { check, customType, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time, workspaceId } from './columns';

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A picture, video or document uploaded for headers. Never changes: another file is another row. */
export const mediaFiles = pgTable(
  'media_files',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<'image' | 'video' | 'document'>().notNull(),
    /** As its first bytes say, whatever its name. */
    mimeType: text('mime_type').notNull(),
    bytes: integer('bytes').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('media_files_newest').on(t.workspaceId, t.createdAt.desc(), t.id),
    check('media_files_kind', sql`${t.kind} IN ('image', 'video', 'document')`),
  ],
);

/** Its bytes, a megabyte a row. */
export const mediaParts = pgTable(
  'media_parts',
  {
    workspaceId: workspaceId(),
    mediaId: uuid('media_id').notNull(),
    part: integer('part').notNull(),
    data: bytes('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.mediaId, t.part] })],
);

/** What a sender's number at WhatsApp knows a file by; one upload serves all of its campaigns. */
export const mediaUploads = pgTable(
  'media_uploads',
  {
    workspaceId: workspaceId(),
    mediaId: uuid('media_id').notNull(),
    senderId: uuid('sender_id').notNull(),
    /** null: not there, or forgotten because WhatsApp did not know it any more. */
    graphId: text('graph_id'),
    uploadedAt: time('uploaded_at'),
    /** Whoever uploads it now, and until when that is believed. */
    leaseToken: uuid('lease_token'),
    leaseUntil: time('lease_until'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.senderId, t.mediaId] }),
    check('media_uploads_uploaded', sql`(${t.graphId} IS NULL) = (${t.uploadedAt} IS NULL)`),
  ],
);

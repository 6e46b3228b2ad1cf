import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** Tenancy: the first column of every key, so that the tables can be hash-partitioned by it. */
export const workspaceId = () => uuid('workspace_id').notNull();

export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const createdAt = () => time('created_at').notNull().defaultNow();
export const updatedAt = () => time('updated_at').notNull().defaultNow();

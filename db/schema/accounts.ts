import { sql } from 'drizzle-orm';
import {
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time, updatedAt, workspaceId } from './columns';

/** The tenant. Made at sign-up with that user as its only member. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    /** A planned start later than this waits for a person, minutes. */
    lateAfterMinutes: integer('late_after_minutes').notNull().default(60),
    createdAt: createdAt(),
  },
  (t) => [check('workspaces_late_after', sql`${t.lateAfterMinutes} BETWEEN 1 AND 1440`)],
);

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    email: text('email').notNull(),
    name: text('name'),
    passwordHash: text('password_hash').notNull(),
    /** What this person has chosen for the pages; its shape is lib/settings/schema.ts. */
    preferences: jsonb('preferences').notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex('users_email').on(sql`lower(${t.email})`)],
);

/**
 * One sign-in, of the browser or of an API client. Access tokens and cookies name it and are good only
 * while it is, so that logging out or changing a password ends them at once.
 */
export const authSessions = pgTable(
  'auth_sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'api' | 'browser'>().notNull(),
    createdAt: createdAt(),
    expiresAt: time('expires_at').notNull(),
    revokedAt: time('revoked_at'),
  },
  (t) => [index('auth_sessions_user').on(t.userId)],
);

/** Opaque 256-bit tokens, kept as SHA-256. The family is the session: reuse of a spent one revokes it. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => authSessions.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: time('expires_at').notNull(),
    usedAt: time('used_at'),
  },
  (t) => [index('refresh_tokens_session').on(t.sessionId)],
);

/**
 * Keys of API clients, kept as SHA-256: one is shown once, when it is made. `access` read: no request that changes
 * anything. Good until it expires or is revoked.
 */
export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull().defaultRandom(),
    /** Whose requests they are. */
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    access: text('access').$type<'full' | 'read'>().notNull().default('full'),
    /** The beginning of the key, to tell it by. */
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull(),
    createdAt: createdAt(),
    expiresAt: time('expires_at'),
    lastUsedAt: time('last_used_at'),
    lastUsedIp: text('last_used_ip'),
    revokedAt: time('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // A request brings only the key: found before its workspace is known.
    uniqueIndex('api_keys_hash').on(t.keyHash),
    check('api_keys_access', sql`${t.access} IN ('full', 'read')`),
  ],
);

/** Who changed what in a workspace: senders, keys, passwords, the do-not-contact list. Never deleted by the product. */
export const auditEvents = pgTable(
  'audit_events',
  {
    workspaceId: workspaceId(),
    id: bigserial('id', { mode: 'number' }).notNull(),
    /** null: the product did it by itself. */
    userId: uuid('user_id'),
    kind: text('kind').notNull(),
    /** What it was done to: a sender's or key's name, a phone number. */
    subject: text('subject').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // What has happened to one number, newest first.
    index('audit_events_subject').on(t.workspaceId, t.subject, t.id),
  ],
);

/** Attempts at sign-in and the like, counted by rate-limiter-flexible (its Drizzle store's shape). */
export const httpRateLimits = pgTable('http_rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull().default(0),
  expire: time('expire'),
});

/** The first answer to a request that carried an Idempotency-Key, kept 24 h. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    endpoint: text('endpoint').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash'),
    statusCode: integer('status_code'),
    body: text('body'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.endpoint, t.key] }),
    index('idempotency_keys_created').on(t.createdAt),
  ],
);

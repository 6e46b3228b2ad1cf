import { sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { log } from '@/lib/log';

/** Whether row-level security binds the account we sign in to the database with: no superuser's. */
export async function isWallBinding(db: Db = database().db): Promise<boolean> {
  const [role] = await db.execute<{ exempt: boolean }>(
    sql`SELECT rolsuper OR rolbypassrls AS exempt FROM pg_roles WHERE rolname = current_user`,
  );
  return role?.exempt === false;
}

/** Says once, in the log, when the second wall between workspaces is absent. Never fails: the health check asks too. */
export async function warnWithoutTenantWall(db: Db = database().db): Promise<void> {
  const isBinding = await isWallBinding(db).catch(() => true);
  if (isBinding) return;
  log.warn(
    'DATABASE_URL names a superuser or an account with BYPASSRLS, which row-level security does not bind: workspaces are kept apart by the queries alone. Give Herald an ordinary account that owns its database.',
  );
}

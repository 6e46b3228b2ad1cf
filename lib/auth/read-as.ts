import { inWorkspace } from '@/db/tenant';
import type { AuthUser } from './user';

/**
 * What a page reads for its user, behind the second wall as in a route handler: the database shows the
 * user's workspace's rows alone, whatever a query forgets. `read` takes `database()` by itself.
 */
export async function readAs<T>(user: Pick<AuthUser, 'workspaceId'>, read: () => Promise<T>): Promise<T> {
  return inWorkspace(user.workspaceId, read);
}

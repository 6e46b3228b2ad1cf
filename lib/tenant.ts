declare const brand: unique symbol;

/**
 * A workspace's id, minted only where it is proved: by the auth gate (lib/auth), by the webhook's signature
 * (lib/webhooks), or read from a row the engine already holds. Every tenant-scoped verb requires one.
 */
export type WorkspaceId = string & { readonly [brand]: 'WorkspaceId' };

/** For those three places. */
export function asWorkspaceId(id: string): WorkspaceId {
  return id as WorkspaceId;
}

/** Who asks: a member of a workspace. */
export interface Actor {
  workspaceId: WorkspaceId;
  userId: string;
}

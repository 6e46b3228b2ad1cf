import type { KeyAccess } from '@/lib/api-keys/schema';
import type { Actor } from '@/lib/tenant';

interface Member extends Actor {
  email: string;
  name: string | null;
}

/** A person, and the session that proves it. */
export interface SignedInUser extends Member {
  sessionId: string;
  apiKey?: undefined;
}

/** A program that acts for the member who made its key; it has no session. */
export interface KeyUser extends Member {
  sessionId?: undefined;
  apiKey: { id: string; access: KeyAccess };
}

/** Whom a request acts for. */
export type AuthUser = SignedInUser | KeyUser;

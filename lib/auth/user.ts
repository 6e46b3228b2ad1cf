import type { Actor } from '@/lib/tenant';

/** The signed-in user a request acts for, and the session that proves it. */
export interface AuthUser extends Actor {
  email: string;
  name: string | null;
  sessionId: string;
}

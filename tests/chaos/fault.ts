import type { Evidence } from './evidence';
import type { World } from './world';

/** One way in which things break. */
export interface Fault {
  name: string;
  /** What is done, and what must come of it. */
  about: string;
  /** The campaign that is running meanwhile; 800 recipients at 60/s, 20 at once, unless said. */
  campaign?: { count?: number; rateLimit?: number; workerCount?: number };
  /** Worker processes; 2 unless said. */
  workers?: number;
  /** Settings of the fault's own PostgreSQL. */
  postgres?: Record<string, string | number>;
  /** Where its data lies; a folder that goes afterwards. */
  place?: () => { folder: string; remove: () => void };
  /** Wires that can be cut; see TcpProxy. */
  proxied?: boolean;
  /** Why it cannot be made on this machine. */
  impossible?: () => string | undefined;
  /** After the campaign has ended, how long to wait for what should not come; 3 s unless said. */
  lingerMs?: number;
  /** Before the workers are there. */
  prepare?: (world: World) => Promise<void>;
  /** While it runs; returns when the fault is over. */
  inject: (world: World) => Promise<void>;
  /** What must hold besides the oracle's rules: what did not. */
  check?: (world: World, evidence: Evidence) => Promise<string[]> | string[];
}

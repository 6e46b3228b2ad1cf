import type { SeenStatus } from './witness';

/** One POST as WhatsApp's side wrote it down. */
export interface Post {
  /** Epoch milliseconds. */
  at: number;
  biz_opaque_callback_data: string | null;
  taken: boolean;
  /** Graph's error code; 0 when taken, or when no Graph error was said. */
  code: number;
  /** `answered`, or how the answer was lost. */
  answer: string;
  wamid: string | null;
}

/** A recipient as Herald's database has it. Times are epoch seconds. */
export interface Row {
  id: string;
  status: string;
  state: string;
  attempt: number;
  wamid: string | null;
  sent: number | null;
  delivered: number | null;
  read: number | null;
  failed: number | null;
}

/** What was seen of the database while it all went on. */
export interface Sampling {
  looks: number;
  /** Moments at which the counters said something else than the rows. */
  unbalanced: string[];
  /** Recipients whose status fell back. */
  backwards: string[];
  mostUnconfirmed: number;
}

/** Everything the verdict rests on. */
export interface Evidence {
  campaign: { total: number; status: string; rateLimit: number; workerCount: number };
  rows: Row[];
  posts: Post[];
  statuses: SeenStatus[];
  counted: Record<string, number>;
  maxInFlight: number;
  sampling: Sampling;
  /** The longest that this process was held up by the machine, ms: as much may WhatsApp's side have been. */
  stalledMs: number;
  /** Recipients a person sent again, and how often. */
  asked: Map<string, number>;
}

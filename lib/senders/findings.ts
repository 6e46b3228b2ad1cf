import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';
import type { GraphAccountNumber } from '@/lib/whatsapp/graph-account';

/** Why a read brought nothing: an AppError's code and words, and Meta's code where it gave one. */
export interface Unread {
  ok: false;
  code: string;
  metaCode: number | null;
  message: string;
}

export type Read<T> = { ok: true; value: T } | Unread;

/** All that is looked at to judge a connection. */
export interface Findings {
  phoneNumberId: string;
  sandbox: boolean;
  number: Read<GraphPhoneNumber>;
  /** All numbers of the account. */
  numbers: Read<GraphAccountNumber[]>;
  /** Whether the account has a template. */
  templates: Read<boolean>;
  /** How many apps are told what happens in the account. */
  apps: Read<number>;
  /** The number read once more, with a proof made of the app secret. */
  proof: Read<void>;
  webhook: {
    url: string;
    /** null before the sender is stored. */
    verifyToken: string | null;
    /** Of the last report that came; null if none ever did. */
    seenAtMs: number | null;
  };
  nowMs: number;
}

/** Reads that say nothing of token or object: WhatsApp was not reached, or did not look. */
const SILENT = [
  'whatsapp_unreachable',
  'whatsapp_unreadable',
  'whatsapp_rate_limited',
  'sandbox_unreachable',
];

export function isSilent(read: Unread): boolean {
  return SILENT.includes(read.code);
}

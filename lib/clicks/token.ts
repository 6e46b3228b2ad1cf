import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { getEnv } from '@/lib/env';

/** Whose link it is. */
export interface LinkKey {
  workspaceId: string;
  campaignId: string;
  recipientId: string;
  /** The URL button's parameter key. */
  parameter: string;
}

const UUID_BYTES = 16;
const NAME_BYTES = 3 * UUID_BYTES + 1;
const MAC_BYTES = 16;
const TOKEN = /^[\w-]{87}$/;

let derived: { from: Buffer; key: Buffer } | undefined;

/** A key of its own, so that a token is good for nothing else that ENCRYPTION_KEY protects. */
function macKey(): Buffer {
  const from = getEnv().encryptionKey;
  if (derived?.from !== from)
    derived = { from, key: Buffer.from(hkdfSync('sha256', from, '', 'herald tracked links v1', 32)) };
  return derived.key;
}

function macOf(name: Uint8Array): Buffer {
  return createHmac('sha256', macKey()).update(name).digest().subarray(0, MAC_BYTES);
}

/**
 * The end of a recipient's tracked link: the ids it names and 128 bits that only this Herald can make over them. Made
 * from the row, stored nowhere, the same at each attempt.
 */
export function linkToken({ workspaceId, campaignId, recipientId, parameter }: LinkKey): string {
  const ids = [workspaceId, campaignId, recipientId].map((id) => id.replaceAll('-', '')).join('');
  const name = Buffer.concat([Buffer.from(ids, 'hex'), Buffer.from([numberOf(parameter)])]);
  return Buffer.concat([name, macOf(name)]).toString('base64url');
}

/** What a token names; null for anything this Herald did not make. */
export function readLinkToken(token: string): LinkKey | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const name = bytes.subarray(0, NAME_BYTES);
  // One spelling for each link: the last character has bits to spare.
  if (bytes.toString('base64url') !== token) return null;
  if (!timingSafeEqual(bytes.subarray(NAME_BYTES), macOf(name))) return null;
  const number = name[NAME_BYTES - 1] ?? 0;
  return {
    workspaceId: uuidAt(name, 0),
    campaignId: uuidAt(name, 1),
    recipientId: uuidAt(name, 2),
    parameter: number === 1 ? 'button_url_param' : `button_url_param_${number}`,
  };
}

/** Keys count from button_url_param, button_url_param_2. */
function numberOf(parameter: string): number {
  return Number(/_(\d+)$/.exec(parameter)?.[1] ?? 1);
}

function uuidAt(bytes: Buffer, index: number): string {
  const hex = bytes.subarray(index * UUID_BYTES, (index + 1) * UUID_BYTES).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

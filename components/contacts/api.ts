import { callApi } from '@/components/api/request';
import type { Contact, ErasedContact } from '@/lib/contacts/schema';
import type { AddedOptOuts, ImportedOptOuts, OptOutPage } from '@/lib/opt-outs/schema';

export interface OptOutFilters {
  search?: string;
  source?: string;
}

/** The filters as the API, the export and the page's address take them; empty or with a `?`. */
export function filterQuery(filters: OptOutFilters, more: Record<string, string> = {}): string {
  const set = Object.entries({ ...filters, ...more }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

/** The calls of the contact pages. */
export async function fetchOptOuts(
  filters: OptOutFilters,
  cursor: string | null,
  signal: AbortSignal,
): Promise<OptOutPage> {
  const query = filterQuery(filters, cursor ? { cursor } : {});
  return (await callApi<OptOutPage>(`/api/opt-outs${query}`, { signal })).body;
}

export interface NewNumbers {
  phones: string[];
  default_country?: string;
  reason: string;
}

export async function addOptOuts(body: NewNumbers): Promise<AddedOptOuts> {
  return (await callApi<AddedOptOuts>('/api/opt-outs', { method: 'POST', body })).body;
}

export async function removeOptOut(body: { phone: string; reason: string }): Promise<void> {
  await callApi('/api/opt-outs/remove', { method: 'POST', body });
}

/** A file of half a gigabyte on a slow line. */
const IMPORT_TIMEOUT_MS = 30 * 60_000;

export async function importOptOuts(form: FormData): Promise<ImportedOptOuts> {
  const init = { method: 'POST', body: form, timeoutMs: IMPORT_TIMEOUT_MS } as const;
  return (await callApi<ImportedOptOuts>('/api/opt-outs/import', init)).body;
}

export function contactPath(phone: string): string {
  return `/contacts/${encodeURIComponent(phone)}`;
}

export async function fetchContact(
  phone: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Contact> {
  const path = `/api/contacts/${encodeURIComponent(phone)}${filterQuery({}, cursor ? { cursor } : {})}`;
  return (await callApi<Contact>(path, { signal })).body;
}

export async function eraseContact(phone: string): Promise<ErasedContact> {
  const path = `/api/contacts/${encodeURIComponent(phone)}/erase`;
  return (await callApi<ErasedContact>(path, { method: 'POST', body: { confirm: phone } })).body;
}

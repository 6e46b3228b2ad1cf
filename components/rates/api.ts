import { callApi } from '@/components/api/request';
import type { ImportedRates, Rate } from '@/lib/costs/schema';

const PATH = '/api/rates';
const IMPORT_TIMEOUT_MS = 60_000;

export interface RateValues {
  country: string;
  category: string;
  currency: string;
  amount: string;
  valid_from: string;
}

export async function fetchRates(signal: AbortSignal): Promise<Rate[]> {
  return (await callApi<Rate[]>(PATH, { signal })).body;
}

export async function createRate(body: RateValues): Promise<Rate> {
  return (await callApi<{ rate: Rate }>(PATH, { method: 'POST', body })).body.rate;
}

export async function updateRate(id: string, body: RateValues): Promise<Rate> {
  return (await callApi<{ rate: Rate }>(`${PATH}/${id}`, { method: 'PATCH', body })).body.rate;
}

export async function deleteRate(id: string): Promise<void> {
  await callApi(`${PATH}/${id}`, { method: 'DELETE' });
}

export async function importRates(file: File): Promise<ImportedRates> {
  const form = new FormData();
  form.set('file', file);
  const init = { method: 'POST', body: form, timeoutMs: IMPORT_TIMEOUT_MS } as const;
  return (await callApi<ImportedRates>(`${PATH}/import`, init)).body;
}

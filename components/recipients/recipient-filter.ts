import type { RecipientResponse, RecipientStatus } from '@/lib/recipients/status';

/** Which recipients are listed. It lives in the address, so that a shared or printed page keeps it. */
export interface RecipientFilter {
  status?: RecipientStatus;
  /** Only failed ones with this code of WhatsApp; null: those without a code. */
  errorCode?: number | null;
  /** Only those who did this after the message. */
  response?: RecipientResponse;
  search?: string;
}

/** As the address of the page (`error`) and the API (`error_code`) have it. */
export function filterParams(filter: RecipientFilter, codeName: 'error' | 'error_code'): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.status) params.set('status', filter.status);
  if (filter.errorCode !== undefined) params.set(codeName, String(filter.errorCode ?? 'none'));
  if (filter.response) params.set('response', filter.response);
  if (filter.search) params.set('search', filter.search);
  return params;
}

import { callApi, toApiError } from '@/components/api/request';
import { upload } from '@/components/api/upload';
import type { Campaign } from '@/lib/campaigns/schema';
import type { Draft, DraftChanges } from '@/lib/drafts/schema';
import type { LocalStart } from '@/lib/schedule/schema';

/** The calls of the wizard. */
export async function createDraft(templateId?: number): Promise<Draft> {
  const body = templateId === undefined ? {} : { template_id: templateId };
  return (await callApi<{ draft: Draft }>('/api/drafts', { method: 'POST', body })).body.draft;
}

export async function saveDraft(id: string, changes: DraftChanges): Promise<Draft> {
  const call = { method: 'PATCH', body: changes } as const;
  return (await callApi<{ draft: Draft }>(`/api/drafts/${id}`, call)).body.draft;
}

export async function deleteDraft(id: string): Promise<void> {
  await callApi(`/api/drafts/${id}`, { method: 'DELETE' });
}

export async function putDraftFile(
  id: string,
  file: File,
  options: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<void> {
  await upload({
    method: 'PUT',
    path: `/api/drafts/${id}/file`,
    body: file,
    headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) },
    ...options,
  });
}

/** The draft's file, for going on with it here. */
export async function fetchDraftFile(id: string, name: string, signal: AbortSignal): Promise<File> {
  const response = await fetch(`/api/drafts/${id}/file`, { signal });
  if (!response.ok) throw await toApiError(response);
  return new File([await response.blob()], name);
}

/** What the server made of the list. */
export interface CreatedCampaign {
  campaign_id: string;
  total_recipients: number;
  rows: number;
  imported: number;
  invalid: number;
  duplicates: number;
  suppressed: number;
}

export interface CampaignUpload {
  fields: Record<string, string>;
  file: File;
  /** The same key makes the same campaign, however often it is sent. */
  key: string;
  onProgress: (share: number) => void;
}

/** Makes the campaign; `serverNow` is the server's clock at its answer, ms since 1970. */
export async function createCampaign({
  fields,
  file,
  key,
  onProgress,
}: CampaignUpload): Promise<{ created: CreatedCampaign; serverNow: number }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', file);
  const { body, headers } = await upload<CreatedCampaign>({
    method: 'POST',
    path: '/api/campaigns/create',
    body: form,
    headers: { 'Idempotency-Key': key },
    onProgress,
  });
  return { created: body, serverNow: Date.parse(headers.get('date') ?? '') || Date.now() };
}

export interface Start {
  worker_count: number;
  rate_limit: number;
  /** When it starts by itself, ISO 8601; or the same by the clocks of a zone. */
  scheduled_at?: string;
  schedule?: LocalStart;
}

export async function scheduleStart(campaignId: string, start: Start): Promise<Campaign> {
  const call = { method: 'PATCH', body: start } as const;
  return (await callApi<{ campaign: Campaign }>(`/api/campaigns/${campaignId}`, call)).body.campaign;
}

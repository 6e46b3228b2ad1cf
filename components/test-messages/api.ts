import { callApi } from '@/components/api/request';
import type { Campaign } from '@/lib/campaigns/schema';
import type { Recipient, RecipientPage } from '@/lib/recipients/schema';
import type { ValueFormats } from '@/lib/templates/values/format';
import { MAX_TEST_NUMBERS } from '@/lib/settings/schema';

export interface TestOrder {
  templateId: number;
  /** As they were typed. */
  numbers: string[];
  /** ISO 3166 alpha-2, for numbers written without a country. */
  defaultCountry: string | null;
  params: Record<string, string>;
  trackClicks: Readonly<Record<string, string>> | null;
  /** Of values that are amounts or dates. */
  formats: ValueFormats;
}

/** Sends the test; returns the id of its campaign. */
export async function sendTest({
  templateId,
  numbers,
  defaultCountry,
  params,
  trackClicks,
  formats,
}: TestOrder): Promise<string> {
  const recipients = numbers.map((phone_number) => ({
    ...params,
    phone_number,
    country_code: defaultCountry,
  }));
  const { body } = await callApi<{ campaign_id: string }>('/api/test-messages', {
    method: 'POST',
    body: { template_id: templateId, recipients, track_clicks: trackClicks, formats },
  });
  return body.campaign_id;
}

export interface TestRun {
  campaign: Campaign;
  recipients: Recipient[];
}

/** What became of each number so far. */
export async function fetchTestRun(campaignId: string, signal: AbortSignal): Promise<TestRun> {
  const [campaign, page] = await Promise.all([
    callApi<Campaign>(`/api/campaigns/${campaignId}`, { signal }),
    callApi<RecipientPage>(`/api/campaigns/${campaignId}/recipients?limit=${MAX_TEST_NUMBERS}`, { signal }),
  ]);
  return { campaign: campaign.body, recipients: page.body.recipients };
}

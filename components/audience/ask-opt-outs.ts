import { ApiError, callApi, messageOf } from '@/components/api/request';
import type { WorkerLink } from './worker-link';

const BATCH_PHONES = 5_000;
const BATCHES_AT_ONCE = 3;

/**
 * Asks the do-not-contact list about the numbers it was not asked about yet, a few batches at once. Ends early
 * when `isOvertaken`. Throws ApiError in plain words.
 */
export async function askOptOuts(link: WorkerLink, isOvertaken: () => boolean): Promise<void> {
  while (!isOvertaken()) {
    const phones = await link.call('unasked', BATCH_PHONES * BATCHES_AT_ONCE);
    if (phones.length === 0) return;
    const batches: string[][] = [];
    for (let start = 0; start < phones.length; start += BATCH_PHONES) {
      batches.push(phones.slice(start, start + BATCH_PHONES));
    }
    await Promise.all(
      batches.map(async (asked) => {
        await link.call('suppress', { asked, suppressed: await fetchSuppressed(asked) });
      }),
    );
  }
}

async function fetchSuppressed(phones: readonly string[]): Promise<string[]> {
  try {
    const { body } = await callApi<{ suppressed: string[] }>('/api/opt-outs/check', {
      method: 'POST',
      body: { phones },
    });
    return body.suppressed;
  } catch (error) {
    const { status, code, requestId } =
      error instanceof ApiError ? error : new ApiError(0, 'unknown', '', null);
    throw new ApiError(
      status,
      code,
      `The do-not-contact list could not be asked, so the list is not checked yet. ${messageOf(error)}`,
      requestId,
    );
  }
}

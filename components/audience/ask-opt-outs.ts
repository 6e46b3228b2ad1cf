import { ApiError, callApi, messageOf } from '@/components/api/request';
import type { WorkerLink } from './worker-link';

const BATCH_PHONES = 5_000;
const BATCHES_AT_ONCE = 3;

/**
 * Asks the do-not-contact list about the numbers it was not asked about yet, a few batches at once. Ends early
 * when `isOvertaken`. Throws ApiError in plain words.
 */
export async function askOptOuts(link: WorkerLink, isOvertaken: () => boolean): Promise<void> {
  let hasFailed = false;
  const askInTurn = async () => {
    while (!hasFailed && !isOvertaken()) {
      const { id, phones } = await link.call('takeUnasked', BATCH_PHONES);
      const suppressed = phones.length === 0 ? [] : await fetchSuppressed(phones).catch(giveBack(id));
      await link.call('answerUnasked', { id, suppressed });
      if (phones.length < BATCH_PHONES) return;
    }
  };
  const giveBack = (id: number) => async (error: unknown) => {
    hasFailed = true;
    await link.call('answerUnasked', { id, suppressed: null });
    throw error;
  };
  // All of them, so that no batch is still under way when the next check asks.
  const turns = await Promise.allSettled(Array.from({ length: BATCHES_AT_ONCE }, askInTurn));
  const failed = turns.find((turn) => turn.status === 'rejected');
  if (failed) throw failed.reason;
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
    const message = `The do-not-contact list could not be asked, so the list is not checked yet. ${messageOf(error)}`;
    throw new ApiError(status, code, message, requestId);
  }
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import { saveSettings } from '@/components/settings/api';
import { sendTest, type TestOrder } from './api';

interface SendTest extends TestOrder {
  /** Remember the numbers for the next time. */
  save: boolean;
}

/** Saves the numbers where that was asked for, then sends. Nothing is sent when a number cannot be saved. */
export function useSendTest(onSent: (campaignId: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ save, ...order }: SendTest) => {
      if (save) {
        client.setQueryData(queryKeys.settings, await saveSettings({ test_numbers: order.numbers }));
      }
      return sendTest(order);
    },
    onSuccess: onSent,
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/query-keys';
import type { ApiKey, MadeApiKey } from '@/lib/api-keys/schema';
import { revokeApiKey, rotateApiKey } from './api';

interface Asked {
  what: 'rotate' | 'revoke';
  key: ApiKey;
}

/** What is done to a key that exists. The list is read again whatever came of it. */
export function useKeyActions(onMade: (made: MadeApiKey) => void): {
  run: (asked: Asked) => void;
  error: Error | null;
} {
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: async ({ what, key }: Asked) => {
      if (what === 'revoke') await revokeApiKey(key.id);
      else onMade(await rotateApiKey(key.id));
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys }),
  });
  return { run: action.mutate, error: action.error };
}

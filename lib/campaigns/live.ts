import { createWatch, type Watch } from '@/lib/events/watch';
import type { WorkspaceId } from '@/lib/tenant';
import { readCampaigns } from './queries';
import type { Campaign } from './schema';

const INTERVAL_MS = 250;
const READ_TIMEOUT_MS = 5000;

/** One a process, also across Next's separately bundled routes and hot reloads. */
const shared = globalThis as typeof globalThis & { heraldCampaignWatch?: Watch<Campaign> };

/**
 * Follows one campaign from the state in which the caller saw it; null when it is deleted. A reading that
 * fails is simply tried again: the next answer makes up for it. Returns the end of it.
 */
export function watchCampaign(
  { workspaceId, seen }: { workspaceId: WorkspaceId; seen: Campaign },
  tell: (campaign: Campaign | null) => void,
): () => void {
  shared.heraldCampaignWatch ??= createWatch<Campaign>({
    read: readWatched,
    intervalMs: INTERVAL_MS,
    readTimeoutMs: READ_TIMEOUT_MS,
    onError: () => undefined,
  });
  return shared.heraldCampaignWatch.subscribe(`${workspaceId}/${seen.id}`, seen, tell);
}

/** The caller has proved the workspace; the key carries the pair so that the statement names both. */
async function readWatched(keys: string[]): Promise<Map<string, Campaign>> {
  const pairs = keys.map((key) => {
    const [workspaceId, campaignId] = key.split('/') as [WorkspaceId, string];
    return { workspaceId, campaignId };
  });
  const found = new Map((await readCampaigns(pairs)).map((campaign) => [campaign.id, campaign]));
  return new Map(
    pairs.flatMap(({ workspaceId, campaignId }) => {
      const campaign = found.get(campaignId);
      return campaign ? [[`${workspaceId}/${campaignId}`, campaign] as const] : [];
    }),
  );
}

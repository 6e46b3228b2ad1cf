import { acrossWorkspaces } from '@/db/tenant';
import { followLatest } from '@/lib/events/follow';
import { createWatch, type Watch } from '@/lib/events/watch';
import type { WorkspaceId } from '@/lib/tenant';
import { readCampaigns } from './queries';
import type { Campaign } from './schema';

const INTERVAL_MS = 250;
const READ_TIMEOUT_MS = 5000;
/** A little under the 15 s promised. */
const MAX_SILENCE_MS = 14_000;

/** One a process, also across Next's separately bundled routes and hot reloads. */
const shared = globalThis as typeof globalThis & { heraldCampaignWatch?: Watch<Campaign> };

/**
 * One campaign from the state in which the caller saw it: at once, on every change (at most four a second),
 * and at least every 15 s. Ends when it is deleted or `signal` aborts. A reading that fails is simply tried
 * again: the next answer makes up for it.
 */
export function followCampaign(
  { workspaceId, seen }: { workspaceId: WorkspaceId; seen: Campaign },
  signal: AbortSignal,
): AsyncGenerator<Campaign, void, undefined> {
  const watch = (shared.heraldCampaignWatch ??= createWatch<Campaign>({
    // One reading for everybody who watches, whoever's request happened to start it.
    read: (keys) => acrossWorkspaces(() => readWatched(keys)),
    intervalMs: INTERVAL_MS,
    readTimeoutMs: READ_TIMEOUT_MS,
    onError: () => undefined,
  }));
  const key = `${workspaceId}/${seen.id}`;
  return followLatest(seen, (tell) => watch.subscribe(key, seen, tell), {
    signal,
    maxSilenceMs: MAX_SILENCE_MS,
  });
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

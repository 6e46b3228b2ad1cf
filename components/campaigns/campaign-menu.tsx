'use client';

import { Menu } from '@base-ui/react/menu';
import { Ellipsis, Eye, Pause, Play, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type RefObject } from 'react';
import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo } from '@/lib/campaigns/status';
import { AskDialogs, type Asking } from './ask-dialogs';
import type { CampaignActionsState } from './use-campaign-actions';

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-sunken md:min-h-8 [&_svg]:size-4';

interface CampaignMenuProps {
  campaign: Campaign;
  actions: CampaignActionsState;
  place: RefObject<HTMLDivElement | null>;
}

/** What may be done to a campaign from the list: only what its state allows. A draft is sent from its own page. */
export function CampaignMenu({ campaign, actions: { move, remove, target }, place }: CampaignMenuProps) {
  const router = useRouter();
  const [asks, setAsks] = useState<Asking>(null);
  const isResumable = campaign.status === 'paused';
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          aria-label={`Actions for ${campaign.name}`}
          disabled={target !== null || remove.isPending}
          className="relative z-10 grid size-9 place-items-center rounded-lg text-muted hover:bg-line hover:text-ink data-[popup-open]:bg-line"
        >
          <Ellipsis aria-hidden className="size-4" />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className="z-50">
            <Menu.Popup className="min-w-44 rounded-lg border bg-surface p-1.5 outline-none">
              <Menu.Item className={ITEM} onClick={() => router.push(`/campaigns/${campaign.id}`)}>
                <Eye aria-hidden />
                Open
              </Menu.Item>
              {isResumable && (
                <Menu.Item className={ITEM} onClick={() => move.mutate('active')}>
                  <Play aria-hidden />
                  Resume
                </Menu.Item>
              )}
              {mayDo('pause', campaign.status) && (
                <Menu.Item className={ITEM} onClick={() => move.mutate('paused')}>
                  <Pause aria-hidden />
                  Pause
                </Menu.Item>
              )}
              {mayDo('stop', campaign.status) && campaign.status !== 'draft' && (
                <Menu.Item className={`${ITEM} text-danger`} onClick={() => setAsks('stop')}>
                  <Square aria-hidden />
                  Stop…
                </Menu.Item>
              )}
              {mayDo('delete', campaign.status) && (
                <Menu.Item className={`${ITEM} text-danger`} onClick={() => setAsks('delete')}>
                  <Trash2 aria-hidden />
                  Delete…
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <AskDialogs
        campaign={campaign}
        asks={asks}
        onAsk={setAsks}
        onStop={() => move.mutate('stopped')}
        onDelete={() => remove.mutate()}
      />
    </>
  );
}

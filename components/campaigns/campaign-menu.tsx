'use client';

import { Ellipsis } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { later } from '@/components/ui/later';
import { MenuButton } from '@/components/ui/menu-button';
import type { Campaign } from '@/lib/campaigns/schema';
import { AskDialogs, type Asking } from './ask-dialogs';
import type { CampaignActionsState } from './use-campaign-actions';

const CampaignMenuPopup = later(async () => (await import('./campaign-menu-popup')).CampaignMenuPopup);

interface CampaignMenuProps {
  campaign: Campaign;
  actions: CampaignActionsState;
  place: RefObject<HTMLDivElement | null>;
}

/** The button at the end of a row, its menu, and the questions that some of its entries ask first. */
export function CampaignMenu({ campaign, actions: { move, remove, target }, place }: CampaignMenuProps) {
  const [asks, setAsks] = useState<Asking>(null);
  return (
    <>
      <MenuButton
        label={`Actions for ${campaign.name}`}
        disabled={target !== null || remove.isPending}
        className="relative z-10 grid size-9 place-items-center rounded-lg text-muted hover:bg-line hover:text-ink data-[popup-open]:bg-line"
        popup={(menu) => (
          <CampaignMenuPopup {...menu} campaign={campaign} move={move} onAsk={setAsks} container={place} />
        )}
      >
        <Ellipsis aria-hidden className="size-4" />
      </MenuButton>
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

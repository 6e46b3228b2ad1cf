'use client';

import { Eye, FileText, Pause, Play, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { RefObject } from 'react';
import { MenuItem, MenuPopup, type MenuPopupProps } from '@/components/ui/menu-popup';
import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo } from '@/lib/campaigns/status';
import type { Asking } from './ask-dialogs';
import type { CampaignActionsState } from './use-campaign-actions';

interface CampaignMenuPopupProps extends MenuPopupProps {
  campaign: Campaign;
  move: CampaignActionsState['move'];
  onAsk: (asks: Asking) => void;
  container: RefObject<HTMLElement | null>;
}

/** What may be done to a campaign from the list: only what its state allows. A draft is sent from its own page. */
export function CampaignMenuPopup({ campaign, move, onAsk, ...menu }: CampaignMenuPopupProps) {
  const router = useRouter();
  const isResumable = campaign.status === 'paused';
  return (
    <MenuPopup
      {...menu}
      label={`Actions for ${campaign.name}`}
      side="bottom"
      align="end"
      className="min-w-44"
    >
      <MenuItem onClick={() => router.push(`/campaigns/${campaign.id}`)}>
        <Eye aria-hidden />
        Open
      </MenuItem>
      <MenuItem onClick={() => router.push(`/campaigns/${campaign.id}/report`)}>
        <FileText aria-hidden />
        Report
      </MenuItem>
      {isResumable && (
        <MenuItem onClick={() => move.mutate('active')}>
          <Play aria-hidden />
          Resume
        </MenuItem>
      )}
      {campaign.status === 'active' && (
        <MenuItem onClick={() => move.mutate('paused')}>
          <Pause aria-hidden />
          Pause
        </MenuItem>
      )}
      {mayDo('stop', campaign.status) && campaign.status !== 'draft' && (
        <MenuItem className="text-danger" onClick={() => onAsk('stop')}>
          <Square aria-hidden />
          Stop…
        </MenuItem>
      )}
      {mayDo('delete', campaign.status) && (
        <MenuItem className="text-danger" onClick={() => onAsk('delete')}>
          <Trash2 aria-hidden />
          Delete…
        </MenuItem>
      )}
    </MenuPopup>
  );
}

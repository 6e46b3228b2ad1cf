import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { countOf } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';

export type Asking = 'stop' | 'delete' | null;

interface AskDialogsProps {
  campaign: Campaign;
  asks: Asking;
  onAsk: (asks: Asking) => void;
  onStop: () => void;
  onDelete: () => void;
}

/** Asks before what cannot be undone, with how many it is about. */
export function AskDialogs({ campaign, asks, onAsk, onStop, onDelete }: AskDialogsProps) {
  return (
    <>
      <ConfirmDialog
        open={asks === 'stop'}
        onOpenChange={(open) => onAsk(open ? 'stop' : null)}
        title={`Stop “${campaign.name}”?`}
        confirm="Stop for good"
        danger
        onConfirm={onStop}
      >
        <p>
          <strong className="font-semibold text-ink">{countOf(campaign.pending, 'message')}</strong> will
          never be sent. What is already handed to WhatsApp still arrives. A stopped campaign cannot be
          resumed; pause it to go on later.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'delete'}
        onOpenChange={(open) => onAsk(open ? 'delete' : null)}
        title={`Delete “${campaign.name}”?`}
        confirm="Delete"
        danger
        onConfirm={onDelete}
      >
        <p>
          The campaign is removed with its {countOf(campaign.total_recipients, 'recipient')} and their
          results. This cannot be undone.
        </p>
      </ConfirmDialog>
    </>
  );
}

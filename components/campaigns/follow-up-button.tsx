'use client';

import { Forward } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { laterDialog } from '@/components/ui/later-dialog';
import type { Campaign } from '@/lib/campaigns/schema';
import type { Audience } from '@/lib/follow-ups/schema';
import type { FollowUpDialogProps } from './follow-up-dialog';

const FollowUpDialog = laterDialog<FollowUpDialogProps>(
  async () => (await import('./follow-up-dialog')).FollowUpDialog,
);

interface FollowUpButtonProps {
  campaign: Campaign;
  /** Whom it is for to begin with; left out: the first audience with somebody in it. */
  audience?: Audience;
  look?: 'secondary' | 'quiet';
  className?: string;
}

/** Leads to a new campaign for people of this one. Nothing while nobody was written to yet. */
export function FollowUpButton({ campaign, audience, look, className }: FollowUpButtonProps) {
  const [isOpen, setOpen] = useState(false);
  if (campaign.started_at === null) return null;
  return (
    <>
      <Button look={look} className={className} onClick={() => setOpen(true)}>
        <Forward aria-hidden />
        Follow up
      </Button>
      <FollowUpDialog open={isOpen} onOpenChange={setOpen} campaign={campaign} audience={audience} />
    </>
  );
}

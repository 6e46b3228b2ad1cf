import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { messageOf } from '@/components/api/request';
import { cn } from '@/components/ui/class-names';
import type { Campaign } from '@/lib/campaigns/schema';

/** A campaign's name, leading to it from wherever in its row or card one presses. */
export function CampaignLink({ campaign, className }: { campaign: Campaign; className?: string }) {
  return (
    <Link
      href={`/campaigns/${campaign.id}`}
      // A page of fifty would fetch fifty campaigns that nobody asked for.
      prefetch={false}
      data-entry
      dir="auto"
      title={campaign.name}
      className={cn('block text-left font-medium rtl:text-right after:absolute after:inset-0', className)}
    >
      {campaign.name}
    </Link>
  );
}

export function SenderLine({ campaign }: { campaign: Campaign }) {
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-muted">
      {campaign.sandbox && (
        <span className="inline-flex shrink-0 items-center gap-1 text-warn">
          <FlaskConical aria-hidden className="size-3.5" />
          Sandbox
        </span>
      )}
      <span className="truncate" dir="auto" title={`${campaign.sender_name} · ${campaign.template_name}`}>
        {campaign.sender_name} · {campaign.template_name}
      </span>
    </p>
  );
}

/** What went wrong with the last command given here; it stays until the next one. */
export function ActionFailure({ failure }: { failure: { title: string; error: Error } | null }) {
  if (!failure) return null;
  return (
    <p role="alert" className="mt-1 text-danger">
      {failure.title}. {messageOf(failure.error)}
    </p>
  );
}

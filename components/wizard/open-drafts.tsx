'use client';

import { FilePenLine, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LocalTime } from '@/components/ui/local-time';
import type { DraftSummary } from '@/lib/drafts/schema';
import { deleteDraft } from './api';

/** More would push away what the page is for. */
const FEW = 3;

/** Campaigns somebody has begun to put together, each with its way back into the wizard. Nothing when there are none. */
export function OpenDrafts({ drafts }: { drafts: readonly DraftSummary[] }) {
  const [gone, setGone] = useState<readonly string[]>([]);
  const [asksFor, setAsksFor] = useState<DraftSummary | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  const shown = drafts.filter(({ id }) => !gone.includes(id));
  if (shown.length === 0) return null;

  async function discard(draft: DraftSummary): Promise<void> {
    setGone((ids) => [...ids, draft.id]);
    setFailure(null);
    await deleteDraft(draft.id).catch((error: unknown) => {
      setGone((ids) => ids.filter((id) => id !== draft.id));
      setFailure(messageOf(error));
    });
  }

  return (
    <section aria-labelledby="open-drafts" className="space-y-3">
      <h2 id="open-drafts" className="font-semibold">
        Not finished yet
      </h2>
      {failure && (
        <Banner look="danger" role="alert" title="The draft was not discarded">
          {failure}
        </Banner>
      )}
      <ul className="divide-y rounded-lg border bg-surface">
        {(showsAll ? shown : shown.slice(0, FEW)).map((draft) => (
          <DraftRow key={draft.id} draft={draft} onDiscard={() => setAsksFor(draft)} />
        ))}
      </ul>
      {shown.length > FEW && !showsAll && (
        <Button onClick={() => setShowsAll(true)}>Show all {shown.length}</Button>
      )}
      <ConfirmDialog
        open={asksFor !== null}
        onOpenChange={(open) => {
          if (!open) setAsksFor(null);
        }}
        title={`Discard ${asksFor ? nameOf(asksFor) : 'the draft'}?`}
        confirm="Discard"
        danger
        onConfirm={() => {
          if (asksFor) void discard(asksFor);
        }}
      >
        <p>What was put together, with its file and the corrections in it, is gone. Nothing was sent.</p>
      </ConfirmDialog>
    </section>
  );
}

function DraftRow({ draft, onDiscard }: { draft: DraftSummary; onDiscard: () => void }) {
  return (
    <li className="flex items-center gap-2 py-1 ps-4 pe-2">
      <Link
        href={`/campaigns/new/${draft.id}`}
        prefetch={false}
        className="flex min-w-0 flex-1 items-center gap-3 py-2 hover:text-accent"
      >
        <FilePenLine aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0">
          <span className="block break-words font-medium">
            Continue <bdi>{nameOf(draft)}</bdi>
          </span>
          <span className="block break-words text-muted">
            {draft.file_name ? <bdi>{draft.file_name}</bdi> : 'No recipients yet'} ·{' '}
            <LocalTime value={draft.updated_at} />
          </span>
        </span>
      </Link>
      <Button look="quiet" aria-label={`Discard ${nameOf(draft)}`} onClick={onDiscard}>
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}

function nameOf(draft: DraftSummary): string {
  return draft.name.trim() ? `“${draft.name.trim()}”` : 'a campaign without a name';
}

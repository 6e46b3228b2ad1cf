'use client';

import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { messageOf } from '@/components/api/request';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import type { DraftSummary } from '@/lib/drafts/schema';
import { createDraft } from './api';
import { OpenDrafts } from './open-drafts';
import { WizardSkeleton } from './wizard-skeleton';

interface NewDraftProps {
  drafts: readonly DraftSummary[];
  templateId: number | undefined;
}

/**
 * Begins a campaign and goes to its page. Where others are unfinished they are offered first, unless a template
 * was chosen. By a POST from here: opening or prefetching an address must change nothing.
 */
export function NewDraft({ drafts, templateId }: NewDraftProps) {
  const router = useRouter();
  const begin = useMutation({
    mutationFn: () => createDraft(templateId),
    onSuccess: ({ id }) => router.replace(`/campaigns/new/${id}?step=template`),
  });
  const isBegun = useRef(false);
  const beginsAlone = templateId !== undefined || drafts.length === 0;
  const { mutate } = begin;
  useEffect(() => {
    if (!beginsAlone || isBegun.current) return;
    isBegun.current = true;
    mutate();
  }, [beginsAlone, mutate]);

  if (begin.isError) {
    return (
      <Banner look="danger" role="alert" title="The campaign could not be begun">
        <p>{messageOf(begin.error)}</p>
        <Button className="mt-3" onClick={() => mutate()}>
          Try again
        </Button>
      </Banner>
    );
  }
  if (beginsAlone) return <WizardSkeleton />;
  return (
    <div className="space-y-6">
      <Button look="primary" busy={begin.isPending || begin.isSuccess} onClick={() => mutate()}>
        <Plus aria-hidden />
        Start a new campaign
      </Button>
      <OpenDrafts drafts={drafts} />
    </div>
  );
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Wizard } from '@/components/wizard/wizard';
import { readAs } from '@/lib/auth/read-as';
import type { Campaign } from '@/lib/campaigns/schema';
import { wizardStepSchema } from '@/lib/drafts/schema';
import { getEnv } from '@/lib/env';
import { listSenders } from '@/lib/senders/queries';
import { listTemplates } from '@/lib/templates/queries';
import { pathWith, requireUser } from '../../../require-user';
import { loadDraft, loadMadeCampaign } from './load-draft';

interface Props {
  params: Promise<{ draftId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'New campaign' };

export default async function WizardPage({ params, searchParams }: Props) {
  const { draftId } = await params;
  const step = wizardStepSchema.safeParse((await searchParams).step).data;
  const user = await requireUser(pathWith(`/campaigns/new/${draftId}`, { step }));
  const { workspaceId } = user;
  const draft = await loadDraft(workspaceId, draftId);
  const [made, senders, templates] = await Promise.all([
    loadMadeCampaign(workspaceId, draft),
    readAs(user, () => listSenders(workspaceId)),
    readAs(user, () => listTemplates(workspaceId)),
  ]);
  // Once it has begun, or waits for its hour, there is nothing left to put together.
  if (made && !isStillHere(made)) redirect(`/campaigns/${made.id}`);
  return (
    <Wizard
      initial={draft}
      senders={senders}
      templates={templates}
      scheduled={made?.status === 'scheduled' ? made : null}
      publicUrl={getEnv().publicUrl}
      readAt={Date.now()}
    />
  );
}

/** A draft, or in the ten seconds to undo: those are a start without a zone. */
function isStillHere({ status, scheduled_time_zone: timeZone }: Campaign): boolean {
  return status === 'draft' || (status === 'scheduled' && timeZone === null);
}

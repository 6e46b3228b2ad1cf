import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { NewDraft } from '@/components/wizard/new-draft';
import { readAs } from '@/lib/auth/read-as';
import { listDrafts } from '@/lib/drafts/queries';
import { pathWith, requireUser } from '../../require-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'New campaign' };

export default async function NewCampaignPage({ searchParams }: Props) {
  const { template } = await searchParams;
  const templateId =
    typeof template === 'string' && /^\d{1,9}$/.test(template) ? Number(template) : undefined;
  const user = await requireUser(pathWith('/campaigns/new', { template: templateId?.toString() }));
  const drafts = await readAs(user, () => listDrafts(user.workspaceId));
  return (
    <div className="space-y-6">
      <PageHeader title="New campaign" />
      <NewDraft drafts={drafts} templateId={templateId} />
    </div>
  );
}

import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { CampaignFilterForm } from '@/components/campaigns/campaign-filters';
import { CampaignList, Checklist, OpenDrafts } from '@/components/campaigns/list-page-parts';
import { isFiltered, listPath, parseCampaignFilters, periodStart } from '@/components/campaigns/list-filters';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { readAs } from '@/lib/auth/read-as';
import { countCampaigns, listCampaigns } from '@/lib/campaigns/queries';
import { listDrafts } from '@/lib/drafts/queries';
import { readChecklist } from '@/lib/onboarding/queries';
import type { Checklist as ChecklistState } from '@/lib/onboarding/schema';
import { getSettings } from '@/lib/settings/queries';
import type { Actor } from '@/lib/tenant';
import { requireUser } from '../require-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Campaigns' };

const PAGE_SIZE = 50;

export default async function CampaignsPage({ searchParams }: Props) {
  const filters = parseCampaignFilters(await searchParams);
  const user = await requireUser(listPath(filters));
  const createdAfter = periodStart(filters.since, new Date());
  const { status, search, sort } = filters;
  const query = { workspaceId: user.workspaceId, status, search, createdAfter };
  const [page, total, drafts, steps] = await Promise.all([
    readAs(user, () => listCampaigns({ ...query, sort, limit: PAGE_SIZE })),
    readAs(user, () => countCampaigns(query)),
    readAs(user, () => listDrafts(user.workspaceId)),
    readAs(user, () => openSteps(user)),
  ]);
  const isNew = total === 0 && !isFiltered(filters);
  return (
    <div className="space-y-6">
      <PageHeader title="Campaigns" actions={!isNew && <NewCampaign />} />
      {steps && <Checklist state={steps} />}
      <OpenDrafts drafts={drafts} />
      {!isNew && <CampaignFilterForm filters={filters} />}
      {total > 0 && (
        <CampaignList
          key={JSON.stringify(filters)}
          filters={filters}
          createdAfter={createdAfter?.toISOString()}
          firstPage={{ ...page, total }}
          readAt={Date.now()}
        />
      )}
      {total === 0 && (isNew ? !steps && <NothingYet /> : <NoResults />)}
    </div>
  );
}

/** The first steps while some are open and the person wants to see them. */
async function openSteps(user: Actor): Promise<ChecklistState | null> {
  const [steps, settings] = await Promise.all([readChecklist(user.workspaceId), getSettings(user)]);
  const isDone = Object.values(steps).every(Boolean);
  return isDone || settings.checklist_dismissed ? null : steps;
}

function NewCampaign() {
  return (
    <Link href="/campaigns/new" prefetch={false} className={buttonLook('primary')}>
      <Plus aria-hidden />
      New campaign
    </Link>
  );
}

function NothingYet() {
  return (
    <EmptyState action={<NewCampaign />}>
      You have no campaigns yet: make the first one from a file and an approved template.
    </EmptyState>
  );
}

function NoResults() {
  return (
    <EmptyState
      action={
        <Link href="/campaigns" className={buttonLook()}>
          Show all
        </Link>
      }
    >
      No campaign matches the search and the filters.
    </EmptyState>
  );
}

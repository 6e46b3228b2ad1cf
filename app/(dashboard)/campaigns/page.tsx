import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { CampaignFilterForm } from '@/components/campaigns/campaign-filters';
import { CampaignList } from '@/components/campaigns/campaign-list';
import { isFiltered, listPath, parseCampaignFilters, periodStart } from '@/components/campaigns/list-filters';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { readAs } from '@/lib/auth/read-as';
import { countCampaigns, listCampaigns } from '@/lib/campaigns/queries';
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
  const [page, total] = await Promise.all([
    readAs(user, () => listCampaigns({ ...query, sort, limit: PAGE_SIZE })),
    readAs(user, () => countCampaigns(query)),
  ]);
  const isNew = total === 0 && !isFiltered(filters);
  return (
    <div className="space-y-6">
      <PageHeader title="Campaigns" actions={!isNew && <NewCampaign />} />
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
      {total === 0 && (isNew ? <NothingYet /> : <NoResults />)}
    </div>
  );
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

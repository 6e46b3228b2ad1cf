import type { Metadata } from 'next';
import Link from 'next/link';
import { CampaignFilters } from '@/components/campaigns/campaign-filters';
import { CampaignList } from '@/components/campaigns/campaign-list';
import { buttonLook } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { readAs } from '@/lib/auth/read-as';
import { listCampaigns } from '@/lib/campaigns/queries';
import { campaignStatusSchema } from '@/lib/campaigns/schema';
import { pathWith, requireUser } from '../require-user';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Campaigns' };

const PAGE_SIZE = 50;

export default async function CampaignsPage({ searchParams }: Props) {
  const filters = parseFilters(await searchParams);
  const user = await requireUser(pathWith('/campaigns', filters));
  const query = { workspaceId: user.workspaceId, ...filters, limit: PAGE_SIZE };
  const firstPage = await readAs(user, () => listCampaigns(query));
  const isFiltered = filters.status !== undefined || filters.search !== undefined;
  const isEmpty = firstPage.campaigns.length === 0;
  return (
    <div className="space-y-6">
      <h1 className="text-xl font-semibold">Campaigns</h1>
      {(isFiltered || !isEmpty) && <CampaignFilters {...filters} />}
      {!isEmpty && (
        <CampaignList
          key={JSON.stringify(filters)}
          filters={filters}
          firstPage={firstPage}
          readAt={Date.now()}
        />
      )}
      {isEmpty && (isFiltered ? <NoResults /> : <NothingYet />)}
    </div>
  );
}

function parseFilters(params: Record<string, string | string[] | undefined>) {
  const search = typeof params.search === 'string' ? params.search.trim().slice(0, 200) : '';
  return { status: campaignStatusSchema.safeParse(params.status).data, search: search || undefined };
}

function NothingYet() {
  return (
    <EmptyState
      action={
        <Link href="/docs" prefetch={false} className={buttonLook('primary')}>
          Open the API
        </Link>
      }
    >
      You have no campaigns yet: create the first one by the API, or run <code>npm run demo</code> to see one
      sent.
    </EmptyState>
  );
}

function NoResults() {
  return (
    <EmptyState
      action={
        <Link href="/campaigns" className={buttonLook()}>
          Show all campaigns
        </Link>
      }
    >
      No campaign matches this search.
    </EmptyState>
  );
}

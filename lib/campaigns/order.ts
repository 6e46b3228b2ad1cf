import { sql, type SQL } from 'drizzle-orm';
import { campaigns } from '@/db/schema/campaigns';
import { formatCursor, formatNameCursor, parseCursor, parseNameCursor } from './cursor';
import type { CampaignSort } from './sorts';

interface Order {
  by: SQL[];
  /** What comes after the row a cursor stands for; throws `invalid_cursor` for one of another order. */
  after: (cursor: string) => SQL;
  cursorOf: (last: { id: string; name: string; createdAtText: string }) => string;
}

// As the index campaigns_newest is declared, forwards and backwards: a plain DESC would mean NULLS FIRST and
// sort the workspace. By name no index serves: a workspace's campaigns are few enough to sort their names.
const lowerName = sql`lower(${campaigns.name})`;

const byTime = {
  cursorOf: (last: { id: string; createdAtText: string }) =>
    formatCursor({ createdAt: last.createdAtText, id: last.id }),
};

export const ORDERS: Record<CampaignSort, Order> = {
  newest: {
    ...byTime,
    by: [sql`${campaigns.createdAt} DESC NULLS LAST`, sql`${campaigns.id} DESC NULLS LAST`],
    after: (cursor) => {
      const { createdAt, id } = parseCursor(cursor);
      return sql`(${campaigns.createdAt}, ${campaigns.id}) < (${createdAt}::timestamptz, ${id}::uuid)`;
    },
  },
  oldest: {
    ...byTime,
    by: [sql`${campaigns.createdAt} ASC NULLS FIRST`, sql`${campaigns.id} ASC NULLS FIRST`],
    after: (cursor) => {
      const { createdAt, id } = parseCursor(cursor);
      return sql`(${campaigns.createdAt}, ${campaigns.id}) > (${createdAt}::timestamptz, ${id}::uuid)`;
    },
  },
  name: {
    by: [sql`${lowerName} ASC`, sql`${campaigns.id} ASC`],
    after: (cursor) => {
      const { name, id } = parseNameCursor(cursor);
      return sql`(${lowerName}, ${campaigns.id}) > (lower(${name}), ${id}::uuid)`;
    },
    cursorOf: ({ name, id }) => formatNameCursor({ name, id }),
  },
};

import { database } from '@/db/client';
import type { ActiveCampaign } from './engine';

const RANK: Record<string, number> = { delivered: 1, read: 2 };

interface Person {
  id: string;
  status: string;
  variant: number | null;
}

/** What was seen of each person before, and must not be undone. */
export class WorldPeople {
  private before = new Map<string, Person>();

  constructor(
    private readonly campaign: ActiveCampaign,
    private readonly hasMessages: boolean,
  ) {}

  /** Looks at all rows; says what has become wrong since the last look. */
  async judge(): Promise<string[]> {
    const rows = await database().sql<(Person & { winner: number | null })[]>`
      SELECT r.id, r.status, r.variant, c.winner FROM campaigns c
        JOIN recipients r ON r.workspace_id = c.workspace_id AND r.campaign_id = c.id
      WHERE c.workspace_id = ${this.campaign.workspaceId} AND c.id = ${this.campaign.id}`;
    const wrong = rows.flatMap((now) => [...this.judgeMessage(now), ...this.judgeStatus(now)]);
    if (this.before.size > 0 && this.before.size !== rows.length) wrong.push('somebody is lost');
    this.before = new Map(rows.map((row) => [row.id, row]));
    return wrong;
  }

  private judgeStatus({ id, status }: Person): string[] {
    const before = this.before.get(id)?.status ?? '';
    return (RANK[status] ?? 0) >= (RANK[before] ?? 0) ? [] : [`${before} was undone: ${status}`];
  }

  /** Whose message was drawn keeps it; who waits gets the chosen one, and nothing is sent before. */
  private judgeMessage({ id, status, variant, winner }: Person & { winner: number | null }): string[] {
    if (!this.hasMessages) return [];
    const before = this.before.get(id);
    const wrong: string[] = [];
    if (variant === null && status !== 'pending') wrong.push(`${status} without a message`);
    if (before && before.variant !== variant && (before.variant !== null || variant !== winner))
      wrong.push(`the split changed: message ${before.variant} became ${variant}, chosen is ${winner}`);
    return wrong;
  }
}

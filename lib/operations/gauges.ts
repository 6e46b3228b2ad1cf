import { and, eq, gt, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { Gauge, type Registry } from 'prom-client';
import { database, type Db } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { workers } from '@/db/schema/engine';
import { campaignStatus } from '@/db/schema/enums';
import { registry } from '@/lib/metrics';

function gauge<L extends string>(to: Registry, name: string, help: string, labelNames: L[]): Gauge<L> {
  return (
    (to.getSingleMetric(name) as Gauge<L> | undefined) ??
    new Gauge({ name, help, labelNames, registers: [to] })
  );
}

/**
 * The metrics as Prometheus text: this process's counters, and the whole installation's gauges read now.
 * The only statements over all workspaces: sums for the operator, in which nobody can be told apart.
 */
export async function renderMetrics(db: Db = database().db): Promise<string> {
  const [alive, byStatus, [sums]] = await Promise.all([
    db.$count(workers, gt(workers.leaseUntil, sql`now()`)),
    db
      .select({ status: campaigns.status, count: sql<number>`count(*)::int` })
      .from(campaigns)
      .where(isNoTest)
      .groupBy(campaigns.status),
    db
      .select(recipientSums)
      .from(campaignCounters)
      .innerJoin(
        campaigns,
        and(
          eq(campaigns.workspaceId, campaignCounters.workspaceId),
          eq(campaigns.id, campaignCounters.campaignId),
        ),
      )
      .where(isNoTest),
  ]);
  gauge(registry, 'herald_workers', 'Worker processes whose lease is running.', []).set(alive);
  const campaignGauge = gauge(registry, 'herald_campaigns', 'Campaigns by status.', ['status']);
  for (const status of campaignStatus.enumValues) {
    campaignGauge.set({ status }, byStatus.find((row) => row.status === status)?.count ?? 0);
  }
  const recipientGauge = gauge(
    registry,
    'herald_recipients',
    'Recipients by where they stand now: sent holds delivered, which holds read.',
    ['status'],
  );
  for (const [status, count] of Object.entries(sums ?? {})) recipientGauge.set({ status }, count);
  return registry.metrics();
}

/** Tests to the team's own phones are in no sum. */
const isNoTest = eq(campaigns.isTest, false);

const sumOf = (column: AnyPgColumn) => sql<number>`coalesce(sum(${column}), 0)::float`;

const recipientSums = {
  pending: sumOf(campaignCounters.pending),
  sent: sumOf(campaignCounters.sent),
  delivered: sumOf(campaignCounters.delivered),
  read: sumOf(campaignCounters.read),
  failed: sumOf(campaignCounters.failed),
  skipped: sumOf(campaignCounters.skipped),
  unconfirmed: sumOf(campaignCounters.unconfirmed),
};

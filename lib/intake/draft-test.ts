import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaignCounters } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { AppError, type Issue } from '@/lib/errors';
import type { Mapping } from '@/lib/recipients/params';
import { counterSlot, variantSlot } from '@/lib/stats/counters';
import { getTemplate } from '@/lib/templates/queries';
import type { Template } from '@/lib/templates/schema';
import { assertSendable } from '@/lib/templates/sendable';
import type { WorkspaceId } from '@/lib/tenant';
import { keyOfVariant } from '@/lib/variants/keys';
import type { Holdback } from '@/lib/variants/schema';
import { variantOf } from '@/lib/variants/split';
import type { StoredVariants } from '@/lib/variants/stored';
import type { VariantOrder } from './variants-schema';

/** Several messages that are tested against each other. */
export interface DraftTest {
  messages: readonly { template: Template; share: number; mapping: VariantOrder['mapping'] }[];
  holdback: Holdback | null;
  variantOf: (phone: string) => number | null;
}

export interface TestOrder {
  template_id: number;
  variants?: VariantOrder[] | null | undefined;
  holdback?: Holdback | null | undefined;
}

/** Checks the messages of a test; null: the campaign has one. Throws 404 and 422, naming the message. */
export async function openTest(
  { workspaceId, campaignId, template }: { workspaceId: WorkspaceId; campaignId: string; template: Template },
  { variants, holdback = null }: TestOrder,
  tx: Db,
): Promise<DraftTest | null> {
  if (!variants) {
    if (holdback) throw invalid('holdback', 'There is nothing to choose from: give `variants` too.');
    return null;
  }
  const messages = [];
  for (const [i, { template_id, share, mapping }] of variants.entries()) {
    const of = template_id === template.id ? template : await getTemplate(workspaceId, template_id, tx);
    const path = `variants[${i}].template_id`;
    if (i === 0 && of.id !== template.id) throw invalid(path, 'The first message is `template_id` itself.');
    if (of.sender_id !== template.sender_id)
      throw invalid(path, `Message ${keyOfVariant(i + 1)}: choose a template of the same sender.`);
    assertSendable(of);
    messages.push({ template: of, share, mapping });
  }
  const split = {
    seed: campaignId,
    shares: messages.map(({ share }) => share),
    testPercent: holdback?.percent,
  };
  return { messages, holdback, variantOf: (phone) => variantOf(split, phone) };
}

/** As it is stored, once the columns are known. */
export function toStoredVariants({ messages }: DraftTest, mappings: readonly Mapping[]): StoredVariants {
  return messages.map(({ template, share }, i) => ({
    template_id: template.id,
    share,
    mapping: { ...(mappings[i] ?? {}) },
  }));
}

/** Counts the stored recipients by message; 422 when a message would go to nobody, which would be no test. */
export async function countByVariant(
  { workspaceId, campaignId, test }: { workspaceId: WorkspaceId; campaignId: string; test: DraftTest },
  tx: Db,
): Promise<void> {
  const rows = await tx
    .select({ variant: recipients.variant, people: sql<number>`count(*)::int` })
    .from(recipients)
    .where(and(eq(recipients.workspaceId, workspaceId), eq(recipients.campaignId, campaignId)))
    .groupBy(recipients.variant);
  const empty = test.messages.findIndex((_, i) => !rows.some(({ variant }) => variant === i + 1));
  if (empty !== -1) {
    const name = `Message ${keyOfVariant(empty + 1)}`;
    throw invalid(
      'variants',
      `${name} would go to nobody: the list is too short for this split. Take a longer list, larger shares, or send one message.`,
    );
  }
  await tx.insert(campaignCounters).values(
    rows.map(({ variant, people }) => ({
      workspaceId,
      campaignId,
      slot: sql`${sql.raw(variantSlot(counterSlot, String(variant)))}`,
      pending: people,
    })),
  );
}

function invalid(path: string, message: string): AppError {
  const issues: Issue[] = [{ path, message }];
  return new AppError('invalid', 'variants_invalid', message, { issues });
}

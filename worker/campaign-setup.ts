import { linkToken } from '@/lib/clicks/token';
import { openSender, type SenderConnection } from '@/lib/senders/credentials';
import { getSendWindow } from '@/lib/senders/send-window';
import type { SendWindow } from '@/lib/send-window/schema';
import { getTemplate } from '@/lib/templates/queries';
import type { WorkspaceId } from '@/lib/tenant';
import { paramsOf, type Mapping } from '@/lib/recipients/params';
import { formatAttemptKey } from '@/lib/recipients/attempt-key';
import type { ClaimedRecipient } from '@/lib/recipients/claim';
import { compileTemplate } from '@/lib/whatsapp/payload';

/** A campaign as the worker needs it. */
export interface LiveCampaign {
  workspaceId: WorkspaceId;
  id: string;
  senderId: string;
  templateId: number;
  mapping: Mapping;
  /** To the team's own phones. */
  isTest: boolean;
  /** Parameter keys of the buttons that carry a tracked link; null: none. */
  trackedKeys: string[] | null;
}

/** What turns a recipient into a request. */
export interface CampaignSetup {
  connection: SenderConnection;
  /** When its people may be written to; null: always. A test goes when somebody waits for it. */
  sendWindow: SendWindow | null;
  bodyFor: (recipient: ClaimedRecipient) => string;
}

/** Reads the template and opens the sender's token. Throws AppError when the campaign cannot be sent so. */
export async function prepareCampaign(campaign: LiveCampaign): Promise<CampaignSetup> {
  const [template, connection, sendWindow] = await Promise.all([
    getTemplate(campaign.workspaceId, campaign.templateId),
    openSender(campaign.workspaceId, campaign.senderId),
    campaign.isTest ? null : getSendWindow(campaign.workspaceId, campaign.senderId),
  ]);
  const build = compileTemplate(template);
  return {
    connection,
    sendWindow,
    bodyFor: (recipient) =>
      JSON.stringify(
        build({
          to: recipient.phone,
          params: withLinks(campaign, recipient),
          callbackData: formatAttemptKey({
            campaignId: campaign.id,
            recipientId: recipient.id,
            attempt: recipient.attempt,
          }),
        }),
      ),
  };
}

/** What fills the template; a tracked button carries the recipient's link instead of the value it leads to. */
function withLinks(
  campaign: LiveCampaign,
  { id: recipientId, cells }: ClaimedRecipient,
): Record<string, string> {
  const params = paramsOf(cells, campaign.mapping);
  const { workspaceId, id: campaignId } = campaign;
  for (const parameter of campaign.trackedKeys ?? [])
    if (params[parameter]) params[parameter] = linkToken({ workspaceId, campaignId, recipientId, parameter });
  return params;
}

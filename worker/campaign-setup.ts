import { openSender, type SenderConnection } from '@/lib/senders/credentials';
import { getTemplate } from '@/lib/templates/queries';
import type { Template } from '@/lib/templates/schema';
import type { WorkspaceId } from '@/lib/tenant';
import { formatsOf, paramsOf, type Mapping } from '@/lib/recipients/params';
import { formatAttemptKey } from '@/lib/recipients/attempt-key';
import type { ClaimedRecipient } from '@/lib/recipients/claim';
import { readUploads } from '@/lib/media/uploads';
import { compileTemplate } from '@/lib/whatsapp/payload';
import type { UploadedMedia } from '@/lib/whatsapp/payload-parameters';
import type { ProductPolicy, SendEdge } from '@/lib/whatsapp/types';

/** A campaign as the worker needs it. */
export interface LiveCampaign {
  workspaceId: WorkspaceId;
  id: string;
  senderId: string;
  templateId: number;
  mapping: Mapping;
  /** Uploaded files its messages name. */
  mediaIds: readonly string[];
}

/** What turns a recipient into a request. */
export interface CampaignSetup {
  connection: SenderConnection;
  edge: SendEdge;
  /** What WhatsApp knows the campaign's files by. */
  media: UploadedMedia;
  /** Files it does not know yet: nothing may be sent before they are there. */
  missingMedia: readonly string[];
  bodyFor: (recipient: ClaimedRecipient) => string;
}

/** Reads the template and opens the sender's token. Throws AppError when the campaign cannot be sent so. */
export async function prepareCampaign(campaign: LiveCampaign): Promise<CampaignSetup> {
  const { workspaceId, senderId, mediaIds, mapping } = campaign;
  const [template, connection, media] = await Promise.all([
    getTemplate(workspaceId, campaign.templateId),
    openSender(workspaceId, senderId),
    readUploads({ workspaceId, senderId }, mediaIds),
  ]);
  const { edge, productPolicy } = wayOf(template, connection);
  const build = compileTemplate(template, { formats: formatsOf(mapping), media, productPolicy });
  return {
    connection,
    edge,
    media,
    missingMedia: mediaIds.filter((id) => !media.has(id)),
    bodyFor: (recipient) =>
      JSON.stringify(
        build({
          to: recipient.phone,
          params: paramsOf(recipient.cells, mapping),
          callbackData: formatAttemptKey({
            campaignId: campaign.id,
            recipientId: recipient.id,
            attempt: recipient.attempt,
          }),
        }),
      ),
  };
}

/** The endpoint for marketing takes nothing else (134100), so only what is marketing goes there. */
function wayOf(
  { category }: Pick<Template, 'category'>,
  { marketingRoute }: Pick<SenderConnection, 'marketingRoute'>,
): { edge: SendEdge; productPolicy?: ProductPolicy } {
  if (category !== 'MARKETING' || marketingRoute === 'messages') return { edge: 'messages' };
  const isStrict = marketingRoute === 'marketing_messages_strict';
  return { edge: 'marketing_messages', productPolicy: isStrict ? 'STRICT' : 'CLOUD_API_FALLBACK' };
}

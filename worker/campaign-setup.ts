import { linkToken } from '@/lib/clicks/token';
import { readDailyLimit, type DailyLimit } from '@/lib/daily-limit/use';
import { openSender, type SenderConnection } from '@/lib/senders/credentials';
import { getSendWindow } from '@/lib/senders/send-window';
import type { SendWindow } from '@/lib/send-window/schema';
import { getTemplate } from '@/lib/templates/queries';
import type { Template } from '@/lib/templates/schema';
import type { WorkspaceId } from '@/lib/tenant';
import type { StoredVariants } from '@/lib/variants/stored';
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
  /** Its messages, where it has several; the first is templateId with mapping. */
  variants: StoredVariants | null;
  /** To the team's own phones. */
  isTest: boolean;
  /** Parameter keys of the buttons that carry a tracked link; null: none. */
  trackedKeys: string[] | null;
  /** Uploaded files its messages name. */
  mediaIds: readonly string[];
}

/** What turns a recipient into a request. */
export interface CampaignSetup {
  connection: SenderConnection;
  /** When its people may be written to; null: always. A test goes when somebody waits for it. */
  sendWindow: SendWindow | null;
  /** How many people its sender's portfolio may write to in a day; null: there is no limit. A test counts too. */
  daily: DailyLimit | null;
  /** Which endpoint takes this recipient's message. */
  edgeFor: (recipient: ClaimedRecipient) => SendEdge;
  /** What WhatsApp knows the campaign's files by. */
  media: UploadedMedia;
  /** Files it does not know yet: nothing may be sent before they are there. */
  missingMedia: readonly string[];
  bodyFor: (recipient: ClaimedRecipient) => string;
}

/** Reads the template and opens the sender's token. Throws AppError when the campaign cannot be sent so. */
export async function prepareCampaign(campaign: LiveCampaign): Promise<CampaignSetup> {
  const { workspaceId, senderId, mediaIds } = campaign;
  const { templateId: template_id, mapping } = campaign;
  const wanted = campaign.variants ?? [{ template_id, mapping }];
  const [templates, connection, sendWindow, daily, media] = await Promise.all([
    Promise.all(wanted.map((variant) => getTemplate(workspaceId, variant.template_id))),
    openSender(workspaceId, senderId),
    campaign.isTest ? null : getSendWindow(workspaceId, senderId),
    readDailyLimit({ workspaceId, senderId }),
    readUploads({ workspaceId, senderId }, mediaIds),
  ]);
  const messages = wanted.map((variant, i): Message => {
    const template = templates[i];
    if (!template) throw new Error('a template of a campaign was not read');
    const { edge, productPolicy } = wayOf(template, connection);
    const build = compileTemplate(template, { formats: formatsOf(variant.mapping), media, productPolicy });
    return { edge, build, mapping: variant.mapping };
  });
  const messageOf = ({ variant }: ClaimedRecipient): Message => {
    const message = messages[(variant ?? 1) - 1];
    if (!message) throw new Error('a recipient is of a variant that its campaign does not have');
    return message;
  };
  return {
    connection,
    sendWindow,
    daily,
    edgeFor: (recipient) => messageOf(recipient).edge,
    media,
    missingMedia: mediaIds.filter((id) => !media.has(id)),
    bodyFor: (recipient) => {
      const { build, mapping } = messageOf(recipient);
      const callbackData = formatAttemptKey({
        campaignId: campaign.id,
        recipientId: recipient.id,
        attempt: recipient.attempt,
      });
      const params = withLinks(campaign, { recipient, mapping });
      return JSON.stringify(build({ to: recipient.phone, params, callbackData }));
    },
  };
}

/** What one variant, or everybody, is sent. */
interface Message {
  edge: SendEdge;
  build: ReturnType<typeof compileTemplate>;
  mapping: Mapping;
}

/** What fills the template; a tracked button carries the recipient's link instead of the value it leads to. */
function withLinks(
  campaign: LiveCampaign,
  { recipient: { id: recipientId, cells }, mapping }: { recipient: ClaimedRecipient; mapping: Mapping },
): Record<string, string> {
  const params = paramsOf(cells, mapping);
  const { workspaceId, id: campaignId } = campaign;
  for (const parameter of campaign.trackedKeys ?? [])
    if (params[parameter]) params[parameter] = linkToken({ workspaceId, campaignId, recipientId, parameter });
  return params;
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

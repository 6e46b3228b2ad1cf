/** What WhatsApp said when it said no; or what happened to the connection when it said nothing. */
export interface ProviderError {
  /** Meta's error code; null when there was no readable answer. */
  code: number | null;
  /** Meta's words, or ours for a lost answer. */
  message: string;
  details: string | null;
  httpStatus: number | null;
}

/**
 * The one value a request to WhatsApp ends in. lib/whatsapp/errors.ts decides which; worker/outcome.ts maps
 * each to one verb of lib/recipients/settle.ts.
 */
export type Outcome =
  /** Taken. `held`: WhatsApp assesses the template's quality before it delivers. */
  | { kind: 'accepted'; wamid: string; held: boolean }
  /** Certainly not taken, too fast. The sender's limiter slows down, or only this recipient waits. */
  | { kind: 'throttled'; error: ProviderError; scope: 'sender' | 'recipient' }
  /** Certainly not taken, may work later; burns an attempt. */
  | { kind: 'retryable'; error: ProviderError }
  /** Will not get better: this recipient has failed. `suppress`: and is not to be contacted again. */
  | { kind: 'rejected'; error: ProviderError; suppress: boolean }
  /** Dooms every message of the campaign, or of the whole sender: pause, fail nobody. */
  | { kind: 'blocked'; error: ProviderError; scope: 'campaign' | 'sender' }
  /** Certainly not taken: WhatsApp does not know the uploaded file it names any more. Given anew, it works. */
  | { kind: 'media_lost'; error: ProviderError }
  /** May have been taken: never sent again by itself. */
  | { kind: 'ambiguous'; error: ProviderError };

/** A number's endpoints for sending: the usual one, and WhatsApp's own for marketing. */
export type SendEdge = 'messages' | 'marketing_messages';

/** What the endpoint for marketing does with what it cannot take: the usual way, or refuse it. */
export type ProductPolicy = 'CLOUD_API_FALLBACK' | 'STRICT';

/** Body of POST /{phone_number_id}/messages; CONTRACT §5. */
export interface TemplateMessage {
  messaging_product: 'whatsapp';
  recipient_type: 'individual';
  /** E.164 with the plus: without it WhatsApp prepends the sender's own country code. */
  to: string;
  type: 'template';
  /** Opaque id of this attempt, at most 512 characters, echoed in every status. */
  biz_opaque_callback_data: string;
  /** Of the endpoint for marketing only. */
  product_policy?: ProductPolicy;
  template: {
    name: string;
    language: { code: string };
    components: MessageComponent[];
  };
}

export type MessageComponent =
  | { type: 'header' | 'body' | 'limited_time_offer'; parameters: MessageParameter[] }
  | { type: 'carousel'; cards: { card_index: number; components: MessageComponent[] }[] }
  | { type: 'button'; sub_type: string; index: string; parameters: MessageParameter[] };

/** A file by its address, or by the id it was uploaded under. */
export type MediaObject = { link: string } | { id: string };

export type MessageParameter =
  | { type: 'text'; text: string; parameter_name?: string }
  | {
      type: 'currency';
      parameter_name?: string;
      currency: { fallback_value: string; code: string; amount_1000: number };
    }
  | { type: 'date_time'; parameter_name?: string; date_time: { fallback_value: string } }
  | { type: 'image'; image: MediaObject }
  | { type: 'video'; video: MediaObject }
  | { type: 'document'; document: MediaObject & { filename?: string } }
  | { type: 'location'; location: { latitude: string; longitude: string; name: string; address: string } }
  | { type: 'limited_time_offer'; limited_time_offer: { expiration_time_ms: number | null } }
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; coupon_code: string }
  | { type: 'action'; action: ButtonAction };

/** What a catalogue, a list of products or a form is opened with. */
export type ButtonAction =
  | {
      thumbnail_product_retailer_id: string;
      sections?: { title: string; product_items: { product_retailer_id: string }[] }[];
    }
  | { flow_token: string; flow_action_data?: Record<string, unknown> };

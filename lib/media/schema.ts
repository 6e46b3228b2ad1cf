import { z } from 'zod';

const MB = 1024 * 1024;

export const MEDIA_KINDS = ['image', 'video', 'document'] as const;

export type MediaKind = (typeof MEDIA_KINDS)[number];

/** What WhatsApp takes in a header (reference §1), and how large. */
export const MEDIA_RULES: Readonly<Record<MediaKind, { maxBytes: number; words: string; accept: string }>> = {
  image: { maxBytes: 5 * MB, words: 'JPEG or PNG, at most 5 MB', accept: 'image/jpeg,image/png' },
  video: { maxBytes: 16 * MB, words: 'MP4 or 3GPP, at most 16 MB', accept: 'video/mp4,video/3gpp' },
  document: { maxBytes: 100 * MB, words: 'PDF, at most 100 MB', accept: 'application/pdf' },
};

export const LARGEST_MEDIA_BYTES = Math.max(...MEDIA_KINDS.map((kind) => MEDIA_RULES[kind].maxBytes));

export const mediaSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(MEDIA_KINDS),
  mime_type: z.string(),
  bytes: z.int(),
  created_at: z.iso.datetime(),
  /** What a value says to name this file. */
  reference: z.string().describe('What goes into header_media_url: `media:` and the id.'),
});

/** An uploaded file as the API shows it. */
export type Media = z.infer<typeof mediaSchema>;

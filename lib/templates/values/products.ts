import { z } from 'zod';

/** A section of a list of products, as WhatsApp takes it. */
export interface ProductSection {
  title: string;
  product_items: { product_retailer_id: string }[];
}

/** Meta's bounds: sections and products of one message (reference §1), letters of a section's title. */
const MOST_SECTIONS = 10;
const MOST_PRODUCTS = 30;
const TITLE_CHARS = 24;

const sectionsSchema = z.array(
  z.object({
    title: z.string(),
    product_items: z.array(z.object({ product_retailer_id: z.string().min(1) })).min(1),
  }),
);

/**
 * The products of a message (browser-safe): `Popular: sku-1, sku-2; New: sku-3`, or Meta's own JSON. Answers what is
 * wrong in words, as a string.
 */
export function parseProducts(text: string): ProductSection[] | string {
  const sections = text.startsWith('[') ? readJson(text) : readWords(text);
  if (sections === null) {
    return 'This must be sections with product ids, such as “Popular: sku-1, sku-2; New: sku-3”.';
  }
  if (sections.length > MOST_SECTIONS) return `WhatsApp takes at most ${MOST_SECTIONS} sections here.`;
  const products = sections.reduce((sum, section) => sum + section.product_items.length, 0);
  if (products > MOST_PRODUCTS) return `WhatsApp takes at most ${MOST_PRODUCTS} products here.`;
  const untitled = sections.length > 1 && sections.some(({ title }) => title === '');
  if (untitled) return 'With more than one section each needs a title before its colon.';
  const long = sections.find(({ title }) => [...title].length > TITLE_CHARS);
  return long ? `The section “${long.title}” has more than ${TITLE_CHARS} characters.` : sections;
}

function readJson(text: string): ProductSection[] | null {
  try {
    return sectionsSchema.min(1).safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function readWords(text: string): ProductSection[] | null {
  const sections = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part): ProductSection => {
      const colon = part.indexOf(':');
      const ids = part.slice(colon + 1).split(',');
      return {
        title: colon < 0 ? '' : part.slice(0, colon).trim(),
        product_items: ids
          .map((id) => ({ product_retailer_id: id.trim() }))
          .filter(({ product_retailer_id: id }) => id !== ''),
      };
    });
  const isComplete = sections.length > 0 && sections.every((section) => section.product_items.length > 0);
  return isComplete ? sections : null;
}

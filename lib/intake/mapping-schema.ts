import { z } from 'zod';
import type { NamedSource } from '@/lib/recipients/mapping';
import { valueFormatSchema } from '@/lib/templates/values/format';

const namedSource = z.strictObject({
  column: z.string().optional(),
  text: z.string().max(5000).optional(),
  format: valueFormatSchema.optional(),
});

/** Parameter key → column name, or column and text; what says nothing is as good as left out. */
export const columnMappingSchema = z
  .record(z.string(), z.union([z.string(), namedSource]).nullable())
  .transform((mapping) =>
    Object.fromEntries(
      Object.entries(mapping).flatMap(([key, given]): [string, NamedSource][] => {
        const asked: NamedSource = typeof given === 'string' ? { column: given } : (given ?? {});
        const { column, text: fixed, format } = asked;
        const source = {
          ...(column?.trim() ? { column } : {}),
          ...(fixed?.trim() ? { text: fixed } : {}),
        };
        return Object.keys(source).length === 0 ? [] : [[key, { ...source, ...(format ? { format } : {}) }]];
      }),
    ),
  );

import type { senders } from '@/db/schema/senders';
import type { Brakes } from './schema';

export type BrakeColumns = Pick<
  typeof senders.$inferSelect,
  'brakeFailurePercent' | 'brakeFailureWindow' | 'brakeOnRedQuality' | 'brakeOnCategoryChange'
>;

/** A sender's brakes as the API shows them. */
export function toBrakes(row: BrakeColumns): Brakes {
  return {
    failure_percent: row.brakeFailurePercent,
    failure_window: row.brakeFailureWindow,
    on_red_quality: row.brakeOnRedQuality,
    on_category_change: row.brakeOnCategoryChange,
  };
}

/** The columns of those that are given. */
export function toBrakeColumns(brakes: { [K in keyof Brakes]?: Brakes[K] | undefined }) {
  return {
    brakeFailurePercent: brakes.failure_percent,
    brakeFailureWindow: brakes.failure_window,
    brakeOnRedQuality: brakes.on_red_quality,
    brakeOnCategoryChange: brakes.on_category_change,
  };
}

import type { Brakes } from './schema';

/** What a new sender has (browser-safe); the same stand as the columns' defaults. */
export const DEFAULT_BRAKES: Brakes = {
  failure_percent: 25,
  failure_window: 200,
  on_red_quality: true,
  on_category_change: true,
};

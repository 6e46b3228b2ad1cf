import { getEnv } from '@/lib/env';
import { AppError, type Issue } from '@/lib/errors';
import type { Template } from '@/lib/templates/schema';
import { trackedButtons, trackedUrl } from './tracked-buttons';

/**
 * What is to be tracked of a template's buttons; null: nothing. Throws 422 for a button that does not lead here, and
 * for one that does and has no destination: its link would lead nowhere.
 */
export function checkTrackClicks(
  template: Template,
  given: Readonly<Record<string, string>> | null | undefined,
): Record<string, string> | null {
  const { publicUrl } = getEnv();
  const tracked = trackedButtons(template, publicUrl);
  const wanted = given ?? {};
  const issues: Issue[] = [
    ...Object.keys(wanted)
      .filter((key) => !tracked.includes(key))
      .map((key) => ({
        path: `track_clicks.${key}`,
        message: `Clicks are counted only on a URL button whose address in the template is ${trackedUrl(publicUrl)}; “${key}” is none.`,
      })),
    ...tracked
      .filter((key) => wanted[key] === undefined)
      .map((key) => ({
        path: `track_clicks.${key}`,
        message: `This template’s button leads to Herald: say in “track_clicks” (in the wizard: under the columns) where a click on it goes on to, such as {"${key}": "https://shop.example.com/{{1}}"}.`,
      })),
  ];
  const [first] = issues;
  if (first) throw new AppError('invalid', 'track_clicks_invalid', first.message, { issues });
  return tracked.length > 0 ? { ...wanted } : null;
}

import { getEnv } from '@/lib/env';
import { AppError, type Issue } from '@/lib/errors';
import type { Template } from '@/lib/templates/schema';
import { trackedButtons, trackedUrl } from './tracked-buttons';

/**
 * What is to be tracked of a template's buttons; null: nothing. Throws 422 for a button that does not lead here, and
 * for one that does and has no destination: its link would lead nowhere. Of a test, over the buttons of all its messages.
 */
export function checkTrackClicks(
  template: Template,
  given: Readonly<Record<string, string>> | null | undefined,
  all: readonly Template[] = [template],
): Record<string, string> | null {
  const { publicUrl } = getEnv();
  const tracked = [...new Set(all.flatMap((each) => trackedButtons(each, publicUrl)))];
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
  for (const key of tracked.filter((tracks) => all.some((each) => hasOtherButton(each, tracks, publicUrl))))
    issues.push({
      path: `track_clicks.${key}`,
      message: `In one of the messages this button leads to Herald and in another it does not: give all of them a button of the same kind, or use other templates.`,
    });
  const [first] = issues;
  if (first) throw new AppError('invalid', 'track_clicks_invalid', first.message, { issues });
  return tracked.length > 0 ? { ...wanted } : null;
}

/** A link of ours in the place of that button's value would lead nowhere. */
function hasOtherButton(template: Template, key: string, publicUrl: string): boolean {
  return (
    template.parameters.some((parameter) => parameter.key === key) &&
    !trackedButtons(template, publicUrl).includes(key)
  );
}

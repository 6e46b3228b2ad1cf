import { chooseWinnerByTime, listChosenCampaigns, listDueChoices, noteEndedTests } from '@/lib/engine/winner';
import { log } from '@/lib/log';
import { releaseHeldBack, ROWS_A_RELEASE } from '@/lib/recipients/winner-hold';

/** Of one campaign in one round: more would keep a worker that is told to stop from stopping. */
const MOST_RELEASES = 10;

/** Tests whose time is over, and whoever waits for a choice that is made; any number of workers may do it at once. */
export async function chooseAndRelease(): Promise<void> {
  await noteEndedTests();
  for (const due of await listDueChoices()) {
    const variant = await chooseWinnerByTime(due);
    if (variant) log.info({ ...due, variant }, 'a message was chosen for those who wait, by time');
  }
  for (const chosen of await listChosenCampaigns()) {
    let released = ROWS_A_RELEASE;
    for (let i = 0; i < MOST_RELEASES && released === ROWS_A_RELEASE; i += 1)
      released = await releaseHeldBack(chosen);
  }
}

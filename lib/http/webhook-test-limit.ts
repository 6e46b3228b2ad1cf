import { takePoint, type RatePolicy } from './rate-limit';

const policy: RatePolicy = { keyPrefix: 'webhook_tests', points: 20, duration: 60 };

/** Counts a test event of the workspace; 429 when there were too many within a minute. */
export async function countWebhookTest(workspaceId: string): Promise<void> {
  await takePoint(policy, workspaceId, 'Twenty tests a minute are the most; wait a little and send again.');
}

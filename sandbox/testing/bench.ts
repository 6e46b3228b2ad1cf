import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startSandbox } from '../server';
import { startReceiver } from './receiver';

/** `npx tsx sandbox/testing/bench.ts [seconds] [connections]`: client, sandbox and receiver in one process. */
const seconds = Number(process.argv[2] ?? 5);
const connections = Number(process.argv[3] ?? 32);
const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
const receiver = await startReceiver();
const sandbox = await startSandbox({ port: 0, dataDir, settings: { webhook_batch: 500, digits: false } });
const number = sandbox.box.state.createNumber({
  callback_url: receiver.url,
  verify_token: receiver.verifyToken,
  messages_per_second: 100_000,
});
const pool = new Pool(sandbox.url, { connections });
const until = performance.now() + seconds * 1000;
const statuses = new Map<number, number>();
let sent = 0;

async function sendUntilDone(): Promise<void> {
  while (performance.now() < until) {
    const to = `+1202${String(2_000_000 + sent).padStart(7, '0')}`;
    const answer = await pool.request({
      method: 'POST',
      path: `/v25.0/${number.id}/messages`,
      headers: { authorization: `Bearer ${number.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'template',
        biz_opaque_callback_data: `attempt-${sent++}-0123456789abcdef0123456789abcdef`,
        template: {
          name: 'black_friday',
          language: { code: 'en_US' },
          components: [
            { type: 'header', parameters: [{ type: 'text', text: 'Maria' }] },
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'Maria' },
                { type: 'text', text: '40%' },
              ],
            },
            { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'maria-40' }] },
          ],
        },
      }),
    });
    await answer.body.dump();
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
  }
}

const cpuBefore = process.cpuUsage();
await Promise.all(Array.from({ length: connections }, sendUntilDone));
const cpu = process.cpuUsage(cpuBefore);
const { statuses: reported } = sandbox.box.runtimeOf(number);
process.stdout.write(
  `${JSON.stringify({
    sends_per_second: Math.round(sent / seconds),
    answers: Object.fromEntries(statuses),
    webhook_statuses_per_second: Math.round(reported.answered / seconds),
    webhook_posts: receiver.posts.length,
    cpu_microseconds_per_send: Math.round((cpu.user + cpu.system) / sent),
    rss_megabytes: Math.round(process.memoryUsage().rss / 1_048_576),
  })}\n`,
);
await pool.destroy();
await sandbox.close();
await receiver.close();
rmSync(dataDir, { recursive: true });

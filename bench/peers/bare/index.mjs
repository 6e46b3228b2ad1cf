import * as undici from 'undici';
import { phoneOf } from '../shared/message.mjs';
import { Meter } from '../shared/meter.mjs';
import { makeSender } from '../shared/sender.mjs';
import { installedVersion, settings } from '../shared/settings.mjs';

// The bare HTTP loop: the same requests with the same concurrency, and nothing stored. What a machine can do at most.

const meter = new Meter(settings.recipients);
const sender = makeSender(undici, settings, meter.begin);
let next = 0;

async function sendUntilDone() {
  while (next < settings.recipients) {
    const index = next++;
    await sender.send({ id: index + 1, phone: phoneOf(index) });
    meter.count();
  }
}

if (process.argv[2] !== 'enqueue') {
  await Promise.all(Array.from({ length: settings.concurrency }, sendUntilDone));
  meter.print('bare', `undici ${installedVersion(new URL('.', import.meta.url), 'undici')}`);
  await sender.close();
}

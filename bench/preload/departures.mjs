// Loaded into a worker by `--import`, for a measurement: writes down when each of its messages was handed to the system,
// in milliseconds since 1970, a line each, in the folder BENCH_DEPARTURES.
import { subscribe } from 'node:diagnostics_channel';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';

const WRITE_DOWN_MS = 500;

const file = path.join(process.env.BENCH_DEPARTURES, String(process.pid));
let times = [];

// Undici says so in the turn in which it writes a request to its socket (docs/docs/api/DiagnosticsChannel.md).
subscribe('undici:client:sendHeaders', ({ request }) => {
  if (request.path.endsWith('messages')) times.push(performance.timeOrigin + performance.now());
});

setInterval(() => {
  if (times.length === 0) return;
  const lines = times.map((time) => `${time.toFixed(3)}\n`).join('');
  times = [];
  void appendFile(file, lines);
}, WRITE_DOWN_MS).unref();

import { settings } from './settings.mjs';

/** Measures from the first request to the last stored result; `finished` resolves at the latter. */
export class Meter {
  startedAt = 0;
  endedAt = 0;
  cpu = process.cpuUsage();
  stored = 0;

  constructor(recipients) {
    this.recipients = recipients;
    this.finished = new Promise((resolve) => (this.finish = resolve));
  }

  /** To be called at every request. */
  begin = () => {
    if (this.startedAt > 0) return;
    this.startedAt = performance.now();
    this.cpu = process.cpuUsage();
  };

  /** To be called when results are committed. */
  count(stored = 1) {
    this.stored += stored;
    if (this.stored < this.recipients) return;
    this.endedAt = performance.now();
    this.cpu = process.cpuUsage(this.cpu);
    this.finish();
  }

  /** The one line a peer prints on stdout. */
  print(peer, version) {
    const seconds = (this.endedAt - this.startedAt) / 1000;
    const line = {
      peer: settings.resultsBatched ? `${peer}, results batched by hand` : peer,
      version,
      recipients: this.stored,
      seconds: round(seconds, 3),
      per_second: Math.round(this.stored / seconds),
      cpu_seconds: round((this.cpu.user + this.cpu.system) / 1e6, 3),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

const round = (value, digits) => Number(value.toFixed(digits));

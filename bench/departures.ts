import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { SpawnOptions } from '@/tests/support/herd';

const PRELOAD = pathToFileURL(path.join(import.meta.dirname, 'preload/departures.mjs')).href;
/** Longer than a worker keeps to itself what it has not written down. */
const SETTLED_MS = 1000;

/** When each message left its worker, as the workers' processes themselves write it down. */
export class Departures {
  private constructor(private readonly folder: string) {}

  static async open(): Promise<Departures> {
    return new Departures(await mkdtemp(path.join(tmpdir(), 'herald-departures-')));
  }

  /** What a worker must be started with. */
  get spawning(): SpawnOptions {
    return { env: { BENCH_DEPARTURES: this.folder }, imports: [PRELOAD] };
  }

  /** Of all workers, sorted, ms since 1970; to be asked for once nothing leaves any more. */
  async read(): Promise<Float64Array> {
    await sleep(SETTLED_MS);
    const names = await readdir(this.folder);
    const texts = await Promise.all(names.map((name) => readFile(path.join(this.folder, name), 'utf8')));
    const times = texts.flatMap((text) => text.split('\n').filter(Boolean).map(Number));
    return Float64Array.from(times).sort();
  }

  /** Once the workers are gone. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

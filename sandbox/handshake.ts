import { shakeHands } from './callbacks';
import type { Sandbox } from './runtime';
import type { SandboxNumber } from './state';

/** Whoever registered may still be writing down the verify token: ask again for a while. */
const WAITS_MS = [50, 500, 1000, 2000, 4000, 8000, 15_000];

/** Verifies the callback URL and records how it went; webhooks do not wait for it. */
export function handshakeInBackground(box: Sandbox, number: SandboxNumber): void {
  const { callback_url: url, verify_token: token } = number;
  const attempt = async (index: number): Promise<void> => {
    const reason = await shakeHands(box.dispatcher, url, token);
    // Registered anew meanwhile: that handshake is the one that counts.
    if (number.callback_url !== url || number.verify_token !== token || box.stopped) return;
    box.runtimeOf(number).handshake = {
      at: new Date().toISOString(),
      ok: reason === null,
      attempts: index + 1,
      reason,
    };
    if (reason !== null) later(index + 1);
  };
  const later = (index: number): void => {
    const waitMs = WAITS_MS[index];
    if (waitMs !== undefined) setTimeout(() => void attempt(index), waitMs).unref();
  };
  later(0);
}

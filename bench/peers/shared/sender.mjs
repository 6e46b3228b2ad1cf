import { messageFor } from './message.mjs';

/**
 * What sends one message and resolves to its wamid: undici's quickest way (a handler of our own instead of a
 * stream), one request a connection at a time. Anything but an accepted message rejects: the run is then void.
 */
export function makeSender({ Pool }, { sandboxUrl, phoneNumberId, accessToken, concurrency }, onSend) {
  const pool = new Pool(sandboxUrl.origin, { connections: concurrency, pipelining: 1 });
  const path = `${sandboxUrl.pathname.replace(/\/$/, '')}/${phoneNumberId}/messages`;
  const headers = [
    'authorization',
    `Bearer ${accessToken}`,
    'accept',
    'application/json',
    'content-type',
    'application/json',
  ];
  const send = (recipient) =>
    new Promise((resolve, reject) => {
      onSend();
      const request = { method: 'POST', path, headers, body: messageFor(recipient) };
      pool.dispatch(request, new Answer(resolve, reject));
    });
  return { send, close: () => pool.close() };
}

class Answer {
  constructor(resolve, reject) {
    this.resolve = resolve;
    this.reject = reject;
    this.chunks = [];
    this.status = 0;
  }

  onRequestStart() {}

  onResponseStart(_controller, status) {
    this.status = status;
  }

  onResponseData(_controller, chunk) {
    this.chunks.push(chunk);
  }

  onResponseEnd() {
    const text = (this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks)).toString();
    if (this.status === 200) this.resolve(JSON.parse(text).messages[0].id);
    else this.reject(new Error(`The sandbox answered HTTP ${this.status}: ${text}`));
  }

  onResponseError(_controller, error) {
    this.reject(error);
  }
}

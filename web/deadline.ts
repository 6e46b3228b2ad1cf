import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerFailure } from './answer-failure';

const BODY_DEADLINE_MS = 30_000;
/** A big CSV over a thin line. */
const UPLOAD_DEADLINE_MS = 60 * 60_000;
const FORM_PATHS = ['/api/campaigns/create', '/api/media'];
const FILE_PATH = /^\/api\/drafts\/[^/]+\/file$/;

/**
 * Ends a request whose body does not arrive in time: many slow ones would hold every connection. An answer
 * already begun is only cut off.
 */
export function limitBodyTime(request: IncomingMessage, response: ServerResponse, path: string): void {
  const isForm = FORM_PATHS.includes(path) && /^multipart\//i.test(request.headers['content-type'] ?? '');
  const isUpload = isForm || FILE_PATH.test(path);
  const timer = setTimeout(
    () => {
      if (request.complete || response.writableEnded) return;
      if (!response.headersSent) {
        answerFailure(response, {
          status: 408,
          code: 'request_timeout',
          message: 'The request took too long to arrive: send it again.',
          headers: { Connection: 'close' },
        });
      }
      setTimeout(() => request.socket.destroy(), 1000).unref();
    },
    isUpload ? UPLOAD_DEADLINE_MS : BODY_DEADLINE_MS,
  );
  timer.unref();
  response.once('close', () => clearTimeout(timer));
}

/** What the webhook answers, apart from the handshake's challenge. */
export type AnswerStatus = 200 | 400 | 401 | 403 | 405 | 408 | 413 | 503;

const FAILURES: Record<Exclude<AnswerStatus, 200>, { code: string; message: string }> = {
  400: { code: 'incomplete_body', message: 'The request body broke off; send it again.' },
  401: {
    code: 'invalid_signature',
    message:
      'The X-Hub-Signature-256 header does not fit the body and the app secret of any sender with this number.',
  },
  403: { code: 'forbidden', message: 'No sender has this verify token.' },
  405: { code: 'method_not_allowed', message: 'Use GET for the handshake and POST for webhooks.' },
  408: { code: 'request_timeout', message: 'The request took too long to arrive: send it again.' },
  413: { code: 'body_too_large', message: 'The body is larger than the 4 MiB accepted here.' },
  503: { code: 'unavailable', message: 'The database cannot be written to now; send it again shortly.' },
};

/** The contract's body for a status. */
export function answerBody(status: AnswerStatus): Record<string, unknown> {
  if (status === 200) return { success: true };
  return { success: false, error: { ...FAILURES[status], issues: [] } };
}

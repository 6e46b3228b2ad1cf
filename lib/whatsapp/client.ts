import { classifyAnswer, classifyFailure } from './classify';
import { sharedConnections, type Connections } from './connections';
import type { Cut } from './cut';
import { exchange } from './exchange';
import type { Outcome, SendEdge, TemplateMessage } from './types';

export interface SendRequest {
  /** WHATSAPP_API_URL, or the sandbox's address. */
  baseUrl: string;
  version: string;
  phoneNumberId: string;
  /** Which of the number's endpoints for sending; the body must be its own (payload.ts). */
  edge?: SendEdge;
  accessToken: string;
  /** Given as text, it is sent as it is. */
  body: string | TemplateMessage;
  /** Gives up; what was written by then is in doubt. */
  cut?: Cut;
  /** Called when the request really leaves: a connection stands, the first byte follows. */
  onWrite?: () => void;
}

/**
 * One message: one request, never repeated, never throwing (contract §5). `timeoutMs` is over all of it, the
 * wait for a connection included. The outcome says whether WhatsApp took it, did not, or may have.
 */
export async function sendMessage(
  request: SendRequest,
  timeoutMs: number,
  connections: Connections = sharedConnections(),
): Promise<Outcome> {
  const { baseUrl, version, phoneNumberId, accessToken, body, cut, onWrite } = request;
  const { edge = 'messages' } = request;
  const ended = await exchange(
    {
      method: 'POST',
      baseUrl,
      path: `/${version}/${phoneNumberId}/${edge}`,
      accessToken,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      cut,
      onWrite,
    },
    timeoutMs,
    connections,
  );
  return ended.kind === 'answer' ? classifyAnswer(ended) : classifyFailure(ended);
}

import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  expiredToken,
  invalidProof,
  invalidToken,
  missingToken,
  unknownObject,
  type GraphFailure,
} from './graph-errors';
import type { Sandbox } from './runtime';
import type { SandboxNumber } from './state';

/** The token of a request: the header, or `access_token` as Graph's own paging links carry it. */
function tokenOf(request: IncomingMessage): string | null {
  const header = request.headers.authorization;
  if (header !== undefined) return /^(?:Bearer|OAuth) +(\S+)$/i.exec(header)?.[1] ?? '';
  const query = request.url?.indexOf('?') ?? -1;
  if (!request.url || query < 0) return null;
  return new URLSearchParams(request.url.slice(query)).get('access_token');
}

/** Whose token it is. */
export function authenticate(box: Sandbox, request: IncomingMessage): SandboxNumber | GraphFailure {
  const token = tokenOf(request);
  if (token === null) return missingToken();
  const owner = box.state.tokens.get(token);
  if (!owner) return invalidToken();
  if (owner.token_expired) return expiredToken();
  return isProofWrong(request, owner) ? invalidProof() : owner;
}

/** `appsecret_proof` need not be there; where it is, it is the token signed with the app secret. */
function isProofWrong(request: IncomingMessage, owner: SandboxNumber): boolean {
  const [, query] = (request.url ?? '').split('?', 2);
  if (!query?.includes('appsecret_proof')) return false;
  const proof = new URLSearchParams(query).get('appsecret_proof');
  if (proof === null) return false;
  return proof !== createHmac('sha256', owner.app_secret).update(owner.access_token).digest('hex');
}

/** The number of the address, if the token is its own. */
export function authorizeNumber(
  box: Sandbox,
  request: IncomingMessage,
  numberId: string,
): SandboxNumber | GraphFailure {
  const owner = authenticate(box, request);
  if ('code' in owner || owner.id === numberId) return owner;
  return box.state.numbers.has(numberId) ? invalidToken() : unknownObject(request.method ?? 'GET', numberId);
}

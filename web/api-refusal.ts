import { allowedMethods } from '@/lib/api/allowed-methods';
import type { Failure } from './answer-failure';

const SERVED = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What Next would answer to a program without a body it can read: a broken address, a method nobody serves. */
export function apiRefusal(method: string, path: string): Failure | undefined {
  if (!path.startsWith('/api/')) return undefined;
  if (!isDecodable(path)) {
    return {
      status: 400,
      code: 'malformed_path',
      message: 'The address holds a broken percent sign: encode it as UTF-8.',
    };
  }
  const allowed = allowedMethods(path) ?? SERVED;
  if (allowed.includes(method)) return undefined;
  return {
    status: 405,
    code: 'method_not_allowed',
    message: `This address takes ${allowed.join(', ')}.`,
    headers: { Allow: allowed.join(', ') },
  };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

import { expect, it } from 'vitest';
import { apiRefusal } from './api-refusal';

it('a method that the address does not take is a 405 that names those it takes', () => {
  expect(apiRefusal('DELETE', '/api/campaigns')).toMatchObject({
    status: 405,
    code: 'method_not_allowed',
    headers: { Allow: 'GET, HEAD, OPTIONS' },
  });
});

it.each([
  ['PROPFIND', '/api/nothing', 405],
  ['GET', '/api/campaigns/%E0%A4%A', 400],
])('%s %s is refused with %i', (method, path, status) => {
  expect(apiRefusal(method, path)?.status).toBe(status);
});

it.each([
  ['GET', '/api/campaigns'],
  ['HEAD', '/api/health'],
  ['POST', '/api/auth/callback/credentials'],
  ['PUT', '/api/nothing'],
  ['PROPFIND', '/campaigns'],
])('%s %s goes on to its handler', (method, path) => {
  expect(apiRefusal(method, path)).toBeUndefined();
});

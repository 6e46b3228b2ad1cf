import { expect, it } from 'vitest';
import { allowedMethods } from './allowed-methods';

it.each([
  ['/api/campaigns', ['GET', 'HEAD', 'OPTIONS']],
  ['/api/campaigns/', ['GET', 'HEAD', 'OPTIONS']],
  ['/api/campaigns/create', ['POST', 'OPTIONS']],
  ['/api/campaigns/0198c0de', ['GET', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']],
  ['/api/campaigns/0198c0de/recipients.csv', ['GET', 'HEAD', 'OPTIONS']],
  ['/api/openapi.json', ['GET', 'HEAD', 'OPTIONS']],
  ['/api/openapiXjson', undefined],
  ['/api/campaigns/a/b/c', undefined],
  ['/api/nothing', undefined],
  ['/api/auth/session', undefined],
])('%s answers %j', (path, methods) => {
  expect(allowedMethods(path)).toEqual(methods);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildOpenApi, endpoints } from './openapi';

const apiFolder = fileURLToPath(new URL('../../app/api', import.meta.url));
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

// next-auth's routes are its own, for the browser; the contract names only their prefix. And what is no route.
const notOurs = ['/api/auth/[...nextauth]', '/api/[[...path]]'];

/** `GET /api/campaigns/{id}` for each method each route file exports, read from its text. */
function routesOfTheFileSystem(): string[] {
  return readdirSync(apiFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .flatMap((file) => {
      const folder = `/api/${path.dirname(file).split(path.sep).join('/')}`;
      if (notOurs.includes(folder)) return [];
      const text = readFileSync(path.join(apiFolder, file), 'utf8');
      const exported = methods.filter((method) =>
        new RegExp(
          `export\\s+(const|async function|function)\\s+${method}\\b|export\\s*\\{[^}]*\\b${method}\\b`,
        ).test(text),
      );
      expect(exported, `${file} exports no method this test can see`).not.toEqual([]);
      return exported.map((method) => `${method} ${folder.replace(/\[(\w+)\]/g, '{$1}')}`);
    })
    .sort();
}

const document = buildOpenApi({ baseUrl: 'http://127.0.0.1:3000', version: '1.2.3' });

interface Operation {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { required?: boolean; content: Record<string, unknown> };
  responses: Record<string, { content: Record<string, { schema: unknown }> }>;
}

function operations(): [string, Operation][] {
  return Object.entries(document.paths ?? {}).flatMap(([route, item]) =>
    Object.entries(item as unknown as Record<string, Operation>).map(
      ([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${route}`, operation],
    ),
  );
}

function operation(name: string): Operation {
  const found = operations().find(([each]) => each === name)?.[1];
  if (!found) throw new Error(`${name} is not in the document`);
  return found;
}

describe('the OpenAPI document', () => {
  it('and the route files name the same routes, both ways', () => {
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(routesOfTheFileSystem());
  });

  it('tells of every failure in the one shape', () => {
    for (const [name, { responses }] of operations()) {
      const failures = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      expect(failures.length, name).toBeGreaterThan(0);
      for (const [status, response] of failures) {
        if (name === 'GET /api/health') continue;
        expect(response.content['application/json']?.schema, `${name} ${status}`).toEqual({
          $ref: '#/components/schemas/Error',
        });
      }
    }
  });

  it('asks for a sign-in exactly where the gate does', () => {
    for (const each of endpoints) {
      const { security } = operation(`${each.method} ${each.path}`);
      expect(security).toEqual(each.auth === 'user' ? [{ bearerAuth: [] }, { sessionCookie: [] }] : []);
    }
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(['bearerAuth', 'sessionCookie']);
  });

  it('names every parameter of a path, as required', () => {
    for (const [name, { parameters = [] }] of operations()) {
      const inPath = parameters.filter((p) => p.in === 'path' && p.required).map((p) => p.name);
      expect(inPath, name).toEqual([...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    }
  });

  it('shows Idempotency-Key where it is honoured, and both bodies of the upload', () => {
    const create = operation('POST /api/campaigns/create');
    for (const name of ['POST /api/campaigns/create', 'POST /api/campaigns/{id}/send']) {
      expect(operation(name).parameters).toContainEqual(
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }),
      );
    }
    expect(Object.keys(create.requestBody?.content ?? {})).toEqual([
      'application/json',
      'multipart/form-data',
    ]);
    expect(operation('POST /api/campaigns/{id}/send').requestBody?.required).toBe(false);
  });

  it('has no reference that leads nowhere, and no operation named twice', () => {
    const text = JSON.stringify(document);
    const schemas = Object.keys(document.components?.schemas ?? {});
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas).toContain(name);
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refuses unknown fields in the document as the routes do', () => {
    const login = operation('POST /api/auth/login').requestBody?.content['application/json'];
    expect(login).toMatchObject({ schema: { additionalProperties: false, required: ['email', 'password'] } });
  });
});

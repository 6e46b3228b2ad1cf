import { describe, expect, it } from 'vitest';
import { buildOpenApi, endpoints } from './openapi';
import { buildReference } from './reference';
import { exampleOf } from './schema-example';
import { schemaFields } from './schema-fields';

const reference = buildReference(buildOpenApi({ baseUrl: 'https://herald.example', version: '1.2.3' }));
const operations = reference.groups.flatMap((group) => group.operations);

function find(method: string, path: string) {
  const found = operations.find((each) => each.method === method && each.path === path);
  if (!found) throw new Error(`${method} ${path} is not shown`);
  return found;
}

describe('the reference', () => {
  it('shows every route once, under its tag', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      endpoints.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('gives a command line that the route itself would take', () => {
    for (const endpoint of endpoints) {
      const [example = ''] = find(endpoint.method, endpoint.path).examples;
      expect(example).toContain('https://herald.example/api/');
      expect(example.includes('Authorization: Bearer')).toBe(endpoint.auth === 'user');
      const json = /-d '(.*)'$/.exec(example)?.[1];
      expect(json === undefined, example).toBe(endpoint.body === undefined);
    }
    const [signUp = ''] = find('POST', '/api/auth/signup').examples;
    const body = JSON.parse(/-d '(.*)'$/.exec(signUp)?.[1] ?? '') as unknown;
    const schema = endpoints.find((each) => each.path === '/api/auth/signup')?.body;
    expect(schema?.safeParse(body).success).toBe(true);
  });

  it('shows both ways to upload', () => {
    const { bodies, examples } = find('POST', '/api/campaigns/create');
    expect(bodies.map(({ mediaType }) => mediaType)).toEqual(['application/json', 'multipart/form-data']);
    expect(examples[1]).toContain("-F 'file=@recipients.csv'");
    expect(bodies[0]?.fields.map(({ path }) => path)).toContain('recipients[].phone_number');
  });
});

describe('the lines of a schema', () => {
  const schemas = { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } };

  it('say type, limits and whether a field must be there', () => {
    const fields = schemaFields(
      {
        type: 'object',
        required: ['a'],
        properties: {
          a: { type: 'string', minLength: 1, maxLength: 200 },
          b: { type: ['integer', 'null'], minimum: 1, maximum: 100, default: 10 },
          c: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
          d: { anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] },
          e: { type: 'string', enum: ['x', 'y'] },
        },
      },
      {},
    );
    expect(fields.map(({ name, type, isRequired, limits }) => [name, type, isRequired, ...limits])).toEqual([
      ['a', 'text', true, '1 to 200 characters'],
      ['b', 'integer or null', false, '1 to 100', 'default 10'],
      ['c', 'list of one of', false],
      ['d', 'uuid or null', false],
      ['e', 'one of', false, 'x, y'],
    ]);
  });

  it('end where a schema holds itself', () => {
    const fields = schemaFields({ $ref: '#/components/schemas/Node' }, schemas);
    expect(fields.length).toBeLessThan(20);
    expect(exampleOf({ $ref: '#/components/schemas/Node' }, schemas)).toBeDefined();
  });
});

import { endpoints } from './openapi';

const routes = new Map<string, { pattern: RegExp; methods: string[] }>();
for (const { path, method } of endpoints) {
  const route = routes.get(path);
  if (route) route.methods.push(method);
  else routes.set(path, { pattern: patternOf(path), methods: [method] });
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{\w+\}/g, '[^/]+')}/?$`);
}

/** The methods a path of the API answers, as the Allow header names them; undefined where there is no such route. */
export function allowedMethods(path: string): string[] | undefined {
  // A fixed name wins over a parameter in its place: /api/senders/test is no sender.
  const route =
    routes.get(path.replace(/\/$/, '')) ?? [...routes.values()].find(({ pattern }) => pattern.test(path));
  if (!route) return undefined;
  return [...route.methods, ...(route.methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

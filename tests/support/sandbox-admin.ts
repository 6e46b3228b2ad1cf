/**
 * One request to the sandbox's admin endpoint (docs/sandbox.md), which knows what truly arrived. `resource`: from the
 * slash on. Resolves to its answer, undefined when it has none; rejects with what it said when it refused.
 */
export async function callSandbox(
  port: number | string,
  method: string,
  resource: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/__sandbox${resource}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`sandbox ${method} ${resource}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

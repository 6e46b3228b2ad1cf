/** The driver's error code, dug out of the wrappers around it (drizzle sets `cause`). */
export function databaseErrorCode(error: unknown): string | undefined {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth += 1) {
    if ('code' in e && typeof e.code === 'string') return e.code;
  }
  return undefined;
}

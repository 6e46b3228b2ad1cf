import postgres from 'postgres';

function open(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
}

/** true when the server takes this sign-in; undefined while it does not answer or is still starting. */
export async function tryToConnect(url: string): Promise<true | undefined> {
  const sql = open(url);
  try {
    await sql`SELECT 1`;
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Class 28: the sign-in is wrong, and waiting does not make it right.
    if (code?.startsWith('28')) throw error;
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Makes the account and the database the application uses, where they are missing. The account is an ordinary
 * one, as on any managed PostgreSQL: what works here works there, and row-level security binds it.
 */
export async function createApplicationDatabase(adminUrl: string, password: string): Promise<void> {
  const sql = open(adminUrl);
  try {
    const [role] = await sql`SELECT 1 FROM pg_roles WHERE rolname = 'herald'`;
    // The password is base64url of our own making, so it can stand in a literal.
    await sql.unsafe(`${role ? 'ALTER' : 'CREATE'} ROLE herald LOGIN PASSWORD '${password}'`);
    const [database] = await sql`SELECT 1 FROM pg_database WHERE datname = 'herald'`;
    if (!database) await sql.unsafe('CREATE DATABASE herald OWNER herald');
  } finally {
    await sql.end({ timeout: 5 });
  }
}

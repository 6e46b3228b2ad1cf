import { migrate } from './migrate';

const url = process.env.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL is not set: run this as `npm run db:migrate`.');
try {
  await migrate(url);
  console.log('The database schema is up to date.');
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = (cause instanceof Error && cause.message) || (cause as { code?: string }).code;
  console.error(`The database schema could not be brought up to date: ${reason ?? 'unknown reason'}`);
  process.exitCode = 1;
}

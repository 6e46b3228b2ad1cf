import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };
const exclude = ['**/node_modules/**', '.next/**', 'dist/**', 'tests/e2e/**'];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts', '**/*.process.test.ts', '**/*.netns.test.ts'],
          setupFiles: ['tests/support/env.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['**/*.db.test.ts'],
          exclude,
          setupFiles: ['tests/support/env.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'process',
          include: ['**/*.process.test.ts'],
          exclude,
          setupFiles: ['tests/support/env.ts'],
          globalSetup: ['tests/support/postgres.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'netns',
          include: ['**/*.netns.test.ts'],
          exclude,
          setupFiles: ['tests/support/env.ts'],
          globalSetup: ['tests/support/postgres.ts'],
        },
      },
    ],
  },
});

import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
  // `npm run check` and CI hold the types; an operator's first start need not wait for it once more.
  typescript: { ignoreBuildErrors: true },
  // Names in a stack trace are those of the sources, without source maps, which Node would keep in memory by the 100 MB.
  experimental: { serverMinification: false, serverSourceMaps: false },
  // Loaded from node_modules as they are: they hold native code, or one pool and one log for the whole process, or are
  // large and in every route, each of which would keep a copy of its source in memory.
  serverExternalPackages: [
    '@node-rs/argon2',
    'postgres',
    'drizzle-orm',
    'pino',
    'undici',
    'prom-client',
    'rate-limiter-flexible',
    'jose',
    'zod',
  ],
};

export default config;

import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const schema = z.object({
  PORT: port.default(3000),
  SANDBOX_PORT: port.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v25.0')
    .default('v25.0'),
});

export interface SandboxEnvironment {
  port: number;
  dataDir: string;
  apiVersion: string;
}

/** Throws one clear line about the first setting that makes no sense. */
export function parseEnvironment(source: Record<string, string | undefined>): SandboxEnvironment {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${String(issue?.path[0])}: ${issue?.message ?? 'is not valid'}`);
  }
  const { data } = parsed;
  return {
    port: data.SANDBOX_PORT ?? data.PORT + 1,
    dataDir: data.DATA_DIR,
    apiVersion: data.WHATSAPP_API_VERSION,
  };
}

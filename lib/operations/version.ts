import packageJson from '@/package.json';

/** Of this build. */
export const version: string = packageJson.version;

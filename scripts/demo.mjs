// npm run demo: the whole product, and a real campaign on the sandbox. `-- --exit` ends after it.
import { enterCheckout, ensureDependencies, importTypescript } from './bootstrap.mjs';

enterCheckout();
await ensureDependencies();
const { runDemo } = await importTypescript('demo/main.ts');
await runDemo({ exit: process.argv.includes('--exit') });

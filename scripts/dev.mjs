// npm run dev: like npm start, from the sources, started again as they change.
import { enterCheckout, ensureDependencies, importTypescript } from './bootstrap.mjs';

enterCheckout();
await ensureDependencies();
const { runDev } = await importTypescript('product/dev.ts');
await runDev();

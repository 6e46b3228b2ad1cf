// npm start: the whole product on this machine.
import { enterCheckout, ensureDependencies, importTypescript } from './bootstrap.mjs';

enterCheckout();
await ensureDependencies();
const { runStart } = await importTypescript('product/start.ts');
await runStart();

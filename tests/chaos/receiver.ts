import { createServer } from 'node:http';
import { webhookHandler } from '@/lib/webhooks/http';

// Herald's webhook as a process of its own, so that it can be killed and cut off: what the web process runs.
const server = createServer(webhookHandler());
server.listen(Number(process.env.RECEIVER_PORT), '127.0.0.1');

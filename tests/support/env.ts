// Settings every test runs under; nothing here reaches outside the machine.
process.env.AUTH_SECRET ??= 'test-only-auth-secret-of-at-least-32-bytes';
process.env.ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString('base64');
process.env.WHATSAPP_API_URL ??= 'http://127.0.0.1:1';
process.env.LOG_LEVEL ??= 'silent';
process.env.SANDBOX ??= '1';
process.env.WEBHOOK_PRIVATE_NETWORKS ??= '127.0.0.0/8';

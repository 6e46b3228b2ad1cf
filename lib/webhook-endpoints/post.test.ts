import { describe, expect, test } from 'vitest';
import { listOf } from './addresses';
import { openPoster } from './post';

// What is refused before anything is opened; sending itself is tested against a real receiver.
describe('an attempt at an address that is not allowed', () => {
  test.each([
    ['http://127.0.0.1:9/', []],
    ['https://127.0.0.1:9/', []],
    ['https://[::1]:9/', []],
    ['https://localhost:9/', []],
    ['http://localhost:9/', ['10.0.0.0/8']],
    ['http://8.8.8.8/', ['127.0.0.0/8']],
  ])('%s opens no connection', async (url, networks) => {
    const poster = openPoster(listOf(networks));
    expect(await poster.post(url, {}, '{}')).toMatchObject({
      status: null,
      error: 'The address is not on the public internet, and the settings do not allow it.',
    });
    await poster.close();
  });
});

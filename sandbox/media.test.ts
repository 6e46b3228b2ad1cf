import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGraphError } from './testing/expect-graph-error';
import { startHarness, type Answer, type Harness } from './testing/harness';
import { objections } from './testing/meta-schema';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.close());

const upload = (form: FormData): Promise<Response> =>
  fetch(`${h.sandbox.url}/v25.0/${h.number.phone_number_id}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${h.number.access_token}` },
    body: form,
  });
const form = (type: string, product = 'whatsapp'): FormData => {
  const data = new FormData();
  data.set('messaging_product', product);
  data.set('file', new Blob(['not really\r\n--a picture'], { type }), 'a.jpg');
  return data;
};

/** A message whose header names a file by its id. */
const withImage = (id: string): Promise<Answer> =>
  h.send('+14155554444', {
    template: {
      name: 'spring_collection',
      language: { code: 'en_US' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
      ],
    },
  });

test('an uploaded file gets an id that a header takes; others do not', async () => {
  const answer = await upload(form('image/jpeg'));
  const body = (await answer.json()) as { id: string };
  expect(answer.status).toBe(200);
  expect(objections('MediaUpload', body)).toEqual([]);
  expect((await withImage(body.id)).status).toBe(200);
  expectGraphError(await withImage('42'), 400, 131009);
});

test('an id is of one number and one kind, and ends', async () => {
  const { id } = (await (await upload(form('image/jpeg'))).json()) as { id: string };
  const film = (await (await upload(form('video/mp4'))).json()) as { id: string };
  expectGraphError(await withImage(film.id), 400, 131009);
  expect((await withImage(id)).status).toBe(200);
  expect((await h.admin('DELETE', 'media')).status).toBe(200);
  expectGraphError(await withImage(id), 400, 131009);
});

test('a kind WhatsApp does not show, and a missing product, are 100', async () => {
  expect((await upload(form('image/svg+xml'))).status).toBe(400);
  expect((await upload(form('image/jpeg', 'sms'))).status).toBe(400);
});

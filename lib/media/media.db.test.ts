import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, database } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { mediaFiles, mediaParts, mediaUploads } from '@/db/schema/media';
import { senders } from '@/db/schema/senders';
import { listAuditEvents } from '@/lib/audit/queries';
import { AppError } from '@/lib/errors';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { openUnnamedFile } from '@/lib/unnamed-file';
import { startMediaServer } from '@/tests/support/media-server';
import { createCampaign, createSender, createWorkspace } from '@/tests/support/rows';
import { deleteMedia } from './delete';
import { giveToWhatsApp } from './give-to-whatsapp';
import { storeMedia } from './store';
import { claimUpload, endUpload, forgetUploads, readUploads } from './uploads';

const whatsapp = await startMediaServer();
// Before the settings are read for the first time.
process.env.WHATSAPP_API_URL = whatsapp.url;
afterAll(() => whatsapp.close());
beforeEach(() => Object.assign(whatsapp, { uploads: [], answers: [], gate: null }));

const TIMING = { retryWaitsMs: [1, 1], signMs: 20 };
const PDF_BYTES = 2_500_000;

async function setUp(name = 'offer.pdf') {
  const actor = await createWorkspace();
  const { workspaceId } = actor;
  const sender = await createSender(workspaceId, actor.userId);
  const key = { workspaceId, id: sender.id };
  await database()
    .db.update(senders)
    .set({
      accessTokenSealed: sealSenderSecret(key, 'access_token', 'token'),
      appSecretSealed: sealSenderSecret(key, 'app_secret', 'secret'),
    })
    .where(eq(senders.id, sender.id));
  const file = await upload(actor, name, Buffer.alloc(PDF_BYTES, '%PDF-1.7 '));
  return { actor, sender, file, of: { workspaceId, senderId: sender.id } };
}

async function upload(actor: Awaited<ReturnType<typeof createWorkspace>>, name: string, data: Buffer) {
  const file = await openUnnamedFile();
  try {
    await file.writeFile(data);
    return await storeMedia(actor, { name, bytes: data.length, file });
  } finally {
    await file.close();
  }
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error('it should have been refused', { cause: error });
}

const refusal = (code: number) => ({
  status: 400,
  body: { error: { code, message: 'Unsupported file', type: 'OAuthException' } },
});

/** What the sender's number knows the file by. */
const known = async ({ of, file }: Awaited<ReturnType<typeof setUp>>) =>
  (await readUploads(of, [file.id])).get(file.id)?.graphId;

/** As if so much time had gone by for its upload. */
const age = (mediaId: string, interval: string) =>
  database().db.execute(sql`
    UPDATE media_uploads SET uploaded_at = uploaded_at - ${interval}::interval, lease_until = lease_until - ${interval}::interval
    WHERE media_id = ${mediaId}`);

function holdAnswers(): () => void {
  let release = (): void => undefined;
  whatsapp.gate = new Promise((resolve) => (release = resolve));
  return release;
}

const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('giving a file to WhatsApp', () => {
  it('uploads it whole, once a number, and is known from then on', async () => {
    const t = await setUp();
    expect(await known(t)).toBeUndefined();
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    expect(whatsapp.uploads).toHaveLength(1);
    expect(whatsapp.uploads[0]?.phoneNumberId).toBe(t.sender.phoneNumberId);
    expect(whatsapp.uploads[0]?.bytes).toBeGreaterThan(PDF_BYTES);
    expect(await known(t)).toBe('media-1');
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(0);
    const other = await createSender(t.of.workspaceId, t.actor.userId);
    expect(await readUploads({ ...t.of, senderId: other.id }, [t.file.id])).toEqual(new Map());
    expect(whatsapp.uploads).toHaveLength(1);
  });

  it('refused there, it is a person’s to see at once, with the file’s name and WhatsApp’s words; later it may go', async () => {
    const t = await setUp();
    whatsapp.answers = [refusal(131053)];
    const error = await failure(giveToWhatsApp(t.of, [t.file.id], TIMING));
    expect(error).toMatchObject({ kind: 'conflict', code: 'media_not_taken' });
    expect(error.message).toContain('“offer.pdf”');
    expect(error.message).toContain('Unsupported file');
    expect(whatsapp.uploads).toHaveLength(1);
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    expect(await known(t)).toBe('media-2');
  });

  it('not answered, it is tried again by itself, and told only then', async () => {
    const t = await setUp();
    whatsapp.answers = ['reset', { status: 503, body: 'busy' }];
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    expect(whatsapp.uploads).toHaveLength(3);
    const other = await setUp();
    whatsapp.answers = ['reset', 'reset', 'reset'];
    expect(await failure(giveToWhatsApp(other.of, [other.file.id], TIMING))).toMatchObject({
      code: 'media_not_taken',
    });
    expect(whatsapp.uploads).toHaveLength(6);
    // Nobody waits for a lease that nobody holds.
    expect(await claimUpload({ ...other.of, mediaId: other.file.id })).not.toBeNull();
  });

  it('known for 29 days it is given anew, and its old id serves until then', async () => {
    const t = await setUp();
    await giveToWhatsApp(t.of, [t.file.id], TIMING);
    await age(t.file.id, '28 days');
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(0);
    expect(await known(t)).toBe('media-1');
    await age(t.file.id, '1 day');
    expect(await known(t)).toBeUndefined();
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    expect(await known(t)).toBe('media-2');
  });

  it('forgotten by WhatsApp it is given anew, but not if that was only just: that would not end', async () => {
    const t = await setUp();
    await giveToWhatsApp(t.of, [t.file.id], TIMING);
    expect(await forgetUploads(t.of, ['media-1'])).toEqual({ fresh: true });
    expect(await known(t)).toBe('media-1');
    await age(t.file.id, '31 seconds');
    expect(await forgetUploads(t.of, ['media-1'])).toEqual({ fresh: false });
    expect(await known(t)).toBeUndefined();
    await giveToWhatsApp(t.of, [t.file.id], TIMING);
    // The answer to a message that named the old id comes late.
    expect(await forgetUploads(t.of, ['media-1'])).toEqual({ fresh: false });
    expect(await known(t)).toBe('media-2');
  });
});

describe('several workers', () => {
  it('that need the same file at once upload it once', async () => {
    const t = await setUp();
    const release = holdAnswers();
    const others = Array.from({ length: 4 }, () => connect(process.env.DATABASE_URL ?? ''));
    const gifts = others.map(({ db }) => giveToWhatsApp(t.of, [t.file.id], TIMING, db));
    await until(() => whatsapp.uploads.length > 0);
    const first = await Promise.race(gifts);
    expect(first).toBe(0);
    release();
    expect((await Promise.all(gifts)).sort()).toEqual([0, 0, 0, 1]);
    await Promise.all(others.map(({ close }) => close()));
    expect(whatsapp.uploads).toHaveLength(1);
    expect(await known(t)).toBe('media-1');
  });

  it('one that was killed between the upload and its record is taken over from, and its late record changes nothing', async () => {
    const t = await setUp();
    const of = { ...t.of, mediaId: t.file.id };
    const dead = await claimUpload(of);
    expect(dead).not.toBeNull();
    await age(t.file.id, '40 seconds');
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(0);
    await age(t.file.id, '10 seconds');
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    await endUpload(of, { leaseToken: dead ?? '', graphId: 'of-the-dead' });
    expect(await known(t)).toBe('media-1');
  });

  it('one whose upload takes long keeps it, however long', async () => {
    const t = await setUp();
    const release = holdAnswers();
    const slow = giveToWhatsApp(t.of, [t.file.id], TIMING);
    await until(() => whatsapp.uploads.length > 0);
    await age(t.file.id, '1 hour');
    // Its next sign comes.
    await until(async () => {
      const rows = await database()
        .db.select()
        .from(mediaUploads)
        .where(sql`media_id = ${t.file.id} AND lease_until > now()`);
      return rows.length > 0;
    });
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(0);
    release();
    expect(await slow).toBe(1);
    expect(whatsapp.uploads).toHaveLength(1);
  });
});

describe('deleting a file', () => {
  const campaignOf = async (t: Awaited<ReturnType<typeof setUp>>, status: 'active' | 'completed') =>
    createCampaign(t.of.workspaceId, t.actor.userId, {
      senderId: t.sender.id,
      values: {
        status,
        mediaIds: [t.file.id],
        name: 'Sale',
        startedAt: new Date(),
        completedAt: status === 'completed' ? new Date() : null,
      },
    });

  it('is refused while a campaign sends it, and says which', async () => {
    const t = await setUp();
    const campaign = await campaignOf(t, 'active');
    const command = { actor: t.actor, mediaId: t.file.id };
    const error = await failure(deleteMedia(command));
    expect(error).toMatchObject({ kind: 'conflict', code: 'media_in_use' });
    expect(error.message).toContain('“Sale”');
    expect(await giveToWhatsApp(t.of, [t.file.id], TIMING)).toBe(1);
    await database().db.update(campaigns).set({ status: 'stopped' }).where(eq(campaigns.id, campaign.id));
    await deleteMedia(command);
    const rest = [mediaFiles, mediaParts, mediaUploads].map((table) =>
      database().db.$count(table, eq(table.workspaceId, t.of.workspaceId)),
    );
    expect(await Promise.all(rest)).toEqual([0, 0, 0]);
    expect(await failure(deleteMedia(command))).toMatchObject({ kind: 'not_found' });
  });

  it('of a campaign that is over, a later retry says what is missing, and leaves nothing behind', async () => {
    const t = await setUp();
    await campaignOf(t, 'completed');
    await deleteMedia({ actor: t.actor, mediaId: t.file.id });
    const error = await failure(giveToWhatsApp(t.of, [t.file.id], TIMING));
    expect(error).toMatchObject({ kind: 'conflict', code: 'media_gone' });
    expect(whatsapp.uploads).toHaveLength(0);
    expect(await database().db.$count(mediaUploads, eq(mediaUploads.mediaId, t.file.id))).toBe(0);
  });

  it('while it is uploaded leaves nothing behind that names it', async () => {
    const t = await setUp();
    const release = holdAnswers();
    const slow = giveToWhatsApp(t.of, [t.file.id], TIMING);
    await until(() => whatsapp.uploads.length > 0);
    await deleteMedia({ actor: t.actor, mediaId: t.file.id });
    release();
    await slow;
    expect(await known(t)).toBeUndefined();
    expect(await database().db.$count(mediaUploads, eq(mediaUploads.mediaId, t.file.id))).toBe(0);
  });

  it('and uploading one are in the activity, with who did it; what was refused is not', async () => {
    const t = await setUp('kiwi.pdf');
    await expect(upload(t.actor, 'run.exe', Buffer.from('MZ'))).rejects.toMatchObject({ kind: 'invalid' });
    const foreign = await setUp();
    await failure(deleteMedia({ actor: t.actor, mediaId: foreign.file.id }));
    await deleteMedia({ actor: t.actor, mediaId: t.file.id });
    const { events } = await listAuditEvents({ workspaceId: t.of.workspaceId, limit: 10 });
    expect(events.map(({ kind, subject, user }) => [kind, subject, user?.id])).toEqual([
      ['media_deleted', 'kiwi.pdf', t.actor.userId],
      ['media_uploaded', 'kiwi.pdf', t.actor.userId],
    ]);
    expect(events[1]?.detail).toEqual({ type: 'application/pdf', bytes: PDF_BYTES });
  });
});

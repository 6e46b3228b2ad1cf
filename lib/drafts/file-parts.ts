import { eq, and } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { campaignDraftFiles, campaignDrafts } from '@/db/schema/campaigns';
import { uploadTooLarge } from '@/lib/unnamed-file';
import type { WorkspaceId } from '@/lib/tenant';

const PART_BYTES = 1024 * 1024;

/** Writes the file of a new draft as it is made, a part at a time, in the transaction that made the draft. */
export class FileParts {
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #bytes = 0;
  #parts = 0;

  constructor(
    private readonly of: { workspaceId: WorkspaceId; draftId: string; maxBytes: number },
    private readonly tx: Db,
  ) {}

  /** Throws 413 beyond `maxBytes`. */
  async write(text: string): Promise<void> {
    const data = Buffer.from(text);
    this.#bytes += data.length;
    if (this.#bytes > this.of.maxBytes) throw uploadTooLarge(this.of.maxBytes);
    this.#waiting.push(data);
    this.#waitingBytes += data.length;
    if (this.#waitingBytes >= PART_BYTES) await this.#store();
  }

  /** Resolves with the size of the file, bytes, once all of it is stored. */
  async end(): Promise<number> {
    await this.#store();
    const { workspaceId, draftId } = this.of;
    await this.tx
      .update(campaignDrafts)
      .set({ fileBytes: this.#bytes })
      .where(and(eq(campaignDrafts.workspaceId, workspaceId), eq(campaignDrafts.id, draftId)));
    return this.#bytes;
  }

  async #store(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const { workspaceId, draftId } = this.of;
    const data = Buffer.concat(this.#waiting);
    await this.tx.insert(campaignDraftFiles).values({ workspaceId, draftId, part: this.#parts, data });
    this.#parts += 1;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

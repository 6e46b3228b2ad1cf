import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { mediaFiles } from '@/db/schema/media';
import { recipients } from '@/db/schema/recipients';
import { AppError, type Issue } from '@/lib/errors';
import type { Mapping } from '@/lib/recipients/params';
import { readSlots, allSlots } from '@/lib/templates/read-slots';
import type { Template } from '@/lib/templates/schema';
import { isMediaKey, mediaIdOf } from '@/lib/templates/values/media-reference';
import type { WorkspaceId } from '@/lib/tenant';

/** Each is uploaded before the first message: a list that names more wants links. */
const MOST_FILES = 50;

interface CampaignMedia {
  workspaceId: WorkspaceId;
  campaignId: string;
  template: Pick<Template, 'components' | 'parameter_format'>;
  mapping: Mapping;
}

/**
 * The uploaded files a campaign's values name, for everybody or row by row; they cannot be deleted until `tx` ends.
 * Throws 422 for a file that is not the workspace's or of another kind than the header, and for too many.
 */
export async function mediaOfCampaign(campaign: CampaignMedia, tx: Db): Promise<string[]> {
  const kinds = new Map<string, string>();
  for (const slot of allSlots(readSlots(campaign.template.components, campaign.template.parameter_format))) {
    if (isMediaKey(slot.key)) kinds.set(slot.key, slot.kind);
  }
  const wanted = new Map<string, Set<string>>();
  for (const [key, kind] of kinds) {
    for (const id of await namedFiles(key, campaign, tx)) {
      wanted.set(id, (wanted.get(id) ?? new Set()).add(`${kind} ${key}`));
    }
  }
  if (wanted.size === 0) return [];
  if (wanted.size > MOST_FILES) throw tooMany();
  const rows = await tx
    .select({ id: mediaFiles.id, kind: mediaFiles.kind })
    .from(mediaFiles)
    .where(and(eq(mediaFiles.workspaceId, campaign.workspaceId), inArray(mediaFiles.id, [...wanted.keys()])))
    .for('key share');
  const found = new Map(rows.map(({ id, kind }) => [id, kind]));
  const issues = [...wanted].flatMap(([id, places]) =>
    [...places].flatMap((place) => issueOf(place, found.get(id))),
  );
  if (issues.length > 0) throw new AppError('invalid', 'media_invalid', issues[0]?.message ?? '', { issues });
  return [...wanted.keys()];
}

/** `place`: the header's kind and its key. */
function issueOf(place: string, kind: string | undefined): Issue[] {
  const [wanted = '', key = ''] = place.split(' ');
  if (kind === wanted) return [];
  const message = kind
    ? `The header takes ${aKind(wanted)}, but the uploaded file is ${aKind(kind)}: choose another one.`
    : 'The uploaded file is not there any more: upload it again.';
  return [{ path: key, message }];
}

function aKind(kind: string): string {
  return kind === 'image' ? 'an image' : `a ${kind}`;
}

/** The row's own cell comes before the text for everybody, which stands where that is empty. */
async function namedFiles(
  key: string,
  { workspaceId, campaignId, mapping }: CampaignMedia,
  tx: Db,
): Promise<string[]> {
  const source = mapping[key];
  if (!source) return [];
  const ids = [mediaIdOf(source.text)];
  if (source.column !== null) {
    const cell = sql<string>`trim(${recipients.cells} ->> ${source.column}::int)`;
    const rows = await tx
      .selectDistinct({ value: cell })
      .from(recipients)
      .where(
        and(
          eq(recipients.workspaceId, workspaceId),
          eq(recipients.campaignId, campaignId),
          sql`${cell} ~* '^media:'`,
        ),
      )
      .limit(MOST_FILES + 1);
    ids.push(...rows.map(({ value }) => mediaIdOf(value)));
  }
  return ids.filter((id) => id !== null);
}

function tooMany(): AppError {
  const message = `This list names more than ${MOST_FILES} uploaded files: give links to the others.`;
  return new AppError('invalid', 'media_invalid', message, {
    issues: [{ path: 'header_media_url', message }],
  });
}

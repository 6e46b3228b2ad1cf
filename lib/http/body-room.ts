import { AppError } from '@/lib/errors';

const MB = 1024 * 1024;

/** A body up to this size needs no room: signing in and a command never wait for somebody's list. */
const FREE_BYTES = 64 * 1024;

/**
 * JSON bodies under way in this process, as bytes, from their first one until their request is answered: parsed and
 * checked, a list takes some five times its bytes. One of the largest has room, or several smaller ones.
 */
const ROOM_BYTES = 64 * MB;

/** The room that one request's body takes. */
export class BodyShare {
  private bytes = 0;

  constructor(private readonly room: BodyRoom) {}

  /** Refuses (503) a body that is known not to fit now, before it is sent. */
  expect(bytes: number): void {
    if (bytes > FREE_BYTES && bytes > this.room.free) throw noRoom();
  }

  /** More of it has come. Throws 503 when there is no room for it. */
  take(bytes: number): void {
    const before = Math.max(this.bytes, FREE_BYTES);
    const more = Math.max(this.bytes + bytes - before, 0);
    if (more > this.room.free) throw noRoom();
    this.bytes += bytes;
    this.room.free -= more;
  }

  /** The request is over; nothing of the body is held any more. */
  giveBack(): void {
    this.room.free += Math.max(this.bytes - FREE_BYTES, 0);
    this.bytes = 0;
  }
}

export class BodyRoom {
  free: number;

  constructor(bytes: number) {
    this.free = bytes;
  }

  /** For a request that begins. */
  open(): BodyShare {
    return new BodyShare(this);
  }
}

/** Of this process. */
export const bodyRoom = new BodyRoom(ROOM_BYTES);

function noRoom(): AppError {
  const message =
    'Other large requests are being taken in: send this one again in a few seconds, or give the list as a CSV file.';
  return new AppError('unavailable', 'too_busy', message, { retryAfterSeconds: 5 });
}

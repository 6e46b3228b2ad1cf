import type { Fault } from './fault';
import { contention, diesClaiming, diesUnreported, disorder, killOnce, lostOnce } from './faults/brief';
import {
  backendsKilled,
  connectionsExhausted,
  databaseBlackhole,
  frozenBackend,
  heldSnapshot,
  postgresCrash,
} from './faults/database';
import { killAtPoints, killWeb, killWorkers, sigterm, zombie } from './faults/kills';
import { clockSkew, comeAndGo, diskFull } from './faults/machine';
import { poisonStatuses, webhookChaos } from './faults/webhooks';
import {
  idleClosed,
  lostAnswers,
  neverReplies,
  slowProvider,
  throttleStorm,
  whatsappBlackhole,
} from './faults/whatsapp';

/** All that `npm run chaos` does, the most telling first. */
export const FAULTS: readonly Fault[] = [
  killOnce,
  killWorkers,
  killAtPoints,
  postgresCrash,
  backendsKilled,
  frozenBackend,
  databaseBlackhole,
  whatsappBlackhole,
  zombie,
  throttleStorm,
  slowProvider,
  neverReplies,
  lostAnswers,
  idleClosed,
  sigterm,
  killWeb,
  webhookChaos,
  poisonStatuses,
  connectionsExhausted,
  heldSnapshot,
  clockSkew,
  comeAndGo,
  diskFull,
  lostOnce,
  disorder,
  contention,
  diesClaiming,
  diesUnreported,
];

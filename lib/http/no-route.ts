import { AppError } from '@/lib/errors';
import { errorResponse } from './respond';

/** For every address under /api that is none of ours: a program must not be given a page. */
export function answerNoRoute(): Response {
  return errorResponse(
    new AppError(
      'not_found',
      'no_such_route',
      'There is no such route: GET /api/openapi.json names them all.',
    ),
  );
}

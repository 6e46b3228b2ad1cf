import { answerNoRoute } from '@/lib/http/no-route';

export {
  answerNoRoute as GET,
  answerNoRoute as POST,
  answerNoRoute as PUT,
  answerNoRoute as PATCH,
  answerNoRoute as DELETE,
};

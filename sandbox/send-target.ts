/** Where a message was posted to. */
export interface SendTarget {
  numberId: string;
  graphVersion: number;
  edge: 'messages' | 'marketing_messages';
}

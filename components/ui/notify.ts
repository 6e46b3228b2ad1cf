/** Shows short-lived news ("Saved") in the Toaster. */
export function notify(news: string): void {
  void import('sonner').then(({ toast }) => toast.success(news));
}

import { Banner } from '@/components/ui/banner';

/** Wherever a sandbox sender is in use. `one`: the page is about a single one. */
export function SandboxBanner({ one = false }: { one?: boolean }) {
  return (
    <Banner look="sandbox" title={one ? 'This is a sandbox sender' : 'Sandbox senders are in use'}>
      Nothing {one ? 'it sends' : 'they send'} reaches a real phone: a stand-in for WhatsApp takes it and
      reports back.
    </Banner>
  );
}

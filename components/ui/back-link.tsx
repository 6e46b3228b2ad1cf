import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';

/** To the list a page belongs to, above its heading; as high as a thumb needs without pushing the page down. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="-my-2.5 flex min-h-11 w-fit items-center gap-1.5 text-muted hover:text-ink md:-my-0.5 md:min-h-6 print:hidden"
    >
      <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
      {children}
    </Link>
  );
}

import type { ReactNode } from 'react';
import { Brand } from '@/components/layout/brand';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-4 py-12">
      <div className="mb-8">
        <Brand />
      </div>
      {children}
    </main>
  );
}

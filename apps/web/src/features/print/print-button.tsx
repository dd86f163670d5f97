'use client';

import { Printer } from 'lucide-react';
import { Button } from '@/ui/button.tsx';

export function PrintButton({ label }: { readonly label: string }) {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden />
      {label}
    </Button>
  );
}

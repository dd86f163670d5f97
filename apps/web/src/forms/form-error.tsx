import { Alert } from '@/ui/alert.tsx';

/** What is wrong with a form as a whole, said to screen readers too; nothing where nothing is. */
export function FormError({ message }: { readonly message: string | undefined }) {
  return message ? (
    <Alert tone="danger" announce>
      {message}
    </Alert>
  ) : null;
}

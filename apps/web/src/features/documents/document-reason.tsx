import { DOCUMENT_ERROR_REASONS } from '@megacampus/domain/errors';
import { useTranslations } from 'next-intl';

/** Why a document could not be used, and what to do about it. */
export function DocumentReason({ reason }: { readonly reason: string }) {
  const t = useTranslations('documents.reasons');
  return t(DOCUMENT_ERROR_REASONS.find((known) => known === reason) ?? 'crashed');
}

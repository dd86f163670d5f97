import type { DocumentErrorReason } from '@megacampus/domain/errors';
import type { Failure } from '@megacampus/domain/failures';

/** What is shown where none of a course's documents could be used, and so the generation ends. */
const REASONS: Record<DocumentErrorReason, string> = {
  missing: 'Файла больше нет. Загрузите его ещё раз.',
  empty: 'Файл пустой. Загрузите файл, в котором есть текст.',
  binary: 'Это не текстовый файл. Сохраните его как обычный текст и загрузите ещё раз.',
  too_large: 'Документ слишком большой. Разделите его на части и загрузите их.',
  unsupported_format: 'Такой формат прочитать нельзя. Сохраните документ как PDF, DOCX, PPTX, HTML или обычный текст.',
  not_in_plan: 'На самом деле это файл другого типа, которого нет в вашем тарифе. Загрузите файл подходящего типа.',
  encrypted: 'Документ защищён паролем. Снимите пароль и загрузите файл ещё раз.',
  damaged: 'Файл повреждён. Откройте его в программе, где он был сделан, сохраните и загрузите ещё раз.',
  no_text: 'В документе нет текста, только изображения. Загрузите файл, в котором текст можно выделить и скопировать.',
  unsafe: 'Файл устроен так, что открывать его небезопасно. Сохраните его текст в новом файле и загрузите новый.',
  timeout: 'Чтение документа заняло слишком много времени. Разделите его на части и загрузите их.',
  out_of_memory: 'Для чтения документа нужно слишком много памяти. Разделите его на части и загрузите их.',
  crashed: 'Документ прочитать не удалось. Сохраните его в другом формате и загрузите ещё раз.',
};

interface UnreadDocument {
  readonly name: string;
  readonly reason: DocumentErrorReason;
}

/** Why there is nothing to make a course from. */
export function noneReadable(documents: readonly UnreadDocument[]): string {
  if (documents.length === 0) return 'У курса больше нет документов. Загрузите документ и попробуйте ещё раз.';
  return documents.map(({ name, reason }) => `«${name}»: ${REASONS[reason]}`).join(' ');
}

/** The same for any language. */
export function failureOf(documents: readonly UnreadDocument[]): Failure {
  return documents.length === 0 ? { code: 'no_documents' } : { code: 'documents', documents: [...documents] };
}

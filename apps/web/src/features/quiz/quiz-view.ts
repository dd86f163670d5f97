/** A question as the lesson page shows it. */
export interface QuizQuestionView {
  readonly id: string;
  readonly kind: 'single' | 'multiple' | 'true_false' | 'short';
  readonly prompt: string;
  readonly options: readonly string[];
  /** Indexes of the right options; for `short` the text. */
  readonly answer: readonly number[] | string;
  readonly explanation: string;
}

/** What was answered: indexes of options, or a text. */
export type Given = readonly number[] | string;

export function isAnswered(given: Given | undefined): boolean {
  return given !== undefined && (typeof given === 'string' ? given.trim() !== '' : given.length > 0);
}

/** Whether an answer is right: the same options, or the same words whatever the case, spaces and end marks. */
export function isRight(question: Pick<QuizQuestionView, 'answer'>, given: Given | undefined): boolean {
  const { answer } = question;
  if (given === undefined) return false;
  if (typeof answer === 'string') return typeof given === 'string' && plain(given) === plain(answer);
  if (typeof given === 'string') return false;
  return given.length === answer.length && answer.every((index) => given.includes(index));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLocaleLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
}

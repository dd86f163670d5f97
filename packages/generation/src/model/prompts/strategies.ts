import type { Brief } from '@megacampus/domain/course';

/** What a strategy means where there are documents, and where there are none. */
interface Strategy {
  readonly withDocuments: string;
  readonly without: string;
}

export const STRATEGY_RULES: Readonly<Record<Brief['content_strategy'], Strategy>> = {
  auto: {
    withDocuments:
      'Use the documents as the substance of the course; order them for learning and leave out what does not serve the objectives.',
    without: 'Choose contents and order that serve the objectives best.',
  },
  create_from_scratch: {
    withDocuments:
      'Design the course anew from its objectives: ignore the order and the headings of the documents, and use them only as evidence.',
    without: 'Design the course anew from its objectives, from first principles to application.',
  },
  expand_and_enhance: {
    withDocuments:
      'Keep the order and all the subjects of the documents, and explain each more fully than they do: reasons, examples, connections.',
    without: 'Take every subject the brief names, keep their order, and explain each fully with reasons and examples.',
  },
  optimize_existing: {
    withDocuments:
      'Keep the contents of the documents but make them better to learn from: remove repetition, tighten wording, put things in a better order.',
    without:
      'Keep strictly to the subjects the brief names, and present them as tightly as possible, without repetition.',
  },
};

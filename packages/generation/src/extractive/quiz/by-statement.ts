import type { Sentence } from '../passage-blocks.ts';
import { type FalseStatement, falsify } from './falsify.ts';
import { choice, distinct, type QuestionMaker, type QuizMaterial } from './quiz-material.ts';

/** “Is this statement true: …”, with the sentence as it is or turned into its contrary. */
export const trueOrFalse: QuestionMaker = (material, used) => {
  const { texts, random } = material;
  const unused = material.statements.filter((sentence) => !used.has(sentence));
  const wrong = random.pick(2) === 0 ? null : falseStatements(material, unused, 1)[0];
  if (wrong) {
    return {
      question: {
        kind: 'true_false',
        prompt: texts.isItTrue(wrong.text),
        options: [texts.yes, texts.no],
        answer: [1],
        explanation: texts.isFalse(wrong.source.text),
      },
      uses: [wrong.source],
    };
  }
  const [right] = unused;
  if (!right) return null;
  return {
    question: {
      kind: 'true_false',
      prompt: texts.isItTrue(right.text),
      options: [texts.yes, texts.no],
      answer: [0],
      explanation: texts.isTrue(right.text),
    },
    uses: [right],
  };
};

/** “Which statement agrees with the lesson?”: one does, the others contradict it. */
export const rightStatement: QuestionMaker = (material, used) =>
  statements(material, used, 1, material.texts.rightStatement);

/** “Tick all statements that agree with the lesson.” */
export const rightStatements: QuestionMaker = (material, used) =>
  statements(material, used, 2, material.texts.rightStatements);

function statements(material: QuizMaterial, used: ReadonlySet<Sentence>, rightCount: number, prompt: string) {
  const unused = material.statements.filter((sentence) => !used.has(sentence));
  const wrong = falseStatements(material, unused, 2);
  const right = unused
    .filter((sentence) => !wrong.some(({ source, change }) => source === sentence || sentence.text.includes(change)))
    .slice(0, rightCount);
  if (wrong.length < 2 || right.length < rightCount) return null;
  return choice(material, {
    prompt,
    right: distinct(right.map(({ text }) => text)),
    wrong: distinct(wrong.map(({ text }) => text)),
    explanation: material.texts.fromLesson(...[...right, ...wrong.map(({ source }) => source)].map(({ text }) => text)),
    uses: [...right, ...wrong.map(({ source }) => source)],
  });
}

/** At most `limit` false statements, no two of them made by the same change: they would give each other away. */
function falseStatements(
  { definitions, lexicon, random }: QuizMaterial,
  sentences: readonly Sentence[],
  limit: number,
): FalseStatement[] {
  const found: FalseStatement[] = [];
  for (const sentence of sentences) {
    if (found.length >= limit) break;
    const wrong = falsify(sentence, definitions, lexicon, random.pick);
    if (wrong && !found.some(({ change }) => change === wrong.change)) found.push(wrong);
  }
  return found;
}

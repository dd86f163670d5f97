import { type Definition, describedItems } from '../definitions.ts';
import { choice, distinct, type QuestionMaker, type QuizMaterial } from './quiz-material.ts';

/** Longest definition asked for, in characters. */
const BODY_LENGTH = 220;

/** “Which term is defined as …?” with other terms of the course. */
export const termOfDefinition: QuestionMaker = (material, used) => {
  for (const definition of material.definitions) {
    if (used.has(definition.sentence) || definition.body.length > BODY_LENGTH) continue;
    const wrong = otherTerms(definition, material).slice(0, 3);
    if (wrong.length < 2) continue;
    const { texts } = material;
    const draft = choice(material, {
      prompt: texts.termForDefinition(definition.body),
      right: [definition.term],
      wrong,
      explanation: texts.fromLesson(definition.sentence.text),
      uses: [definition.sentence],
    });
    if (draft) return draft;
  }
  return null;
};

/** Terms that are another thing than the defined one: none is a part of it, nor named by its definition. */
function otherTerms(definition: Definition, { allDefinitions, terms, lexicon, random }: QuizMaterial): string[] {
  const own = new Set(lexicon.topicStems(definition.term));
  const inBody = new Set(lexicon.topicStems(definition.body));
  const isOther = (term: string) => {
    const stems = lexicon.topicStems(term);
    if (stems.length === 0) return false;
    const isPart = stems.every((stem) => own.has(stem)) || [...own].every((stem) => stems.includes(stem));
    return !isPart && !stems.every((stem) => inBody.has(stem));
  };
  const isTermLike = (term: string) =>
    lexicon.count(term) <= 3 &&
    !/,| и | and | или | or |^\p{L}+ing\b| of |^(?:введение|основы|обзор|introduction|basics|overview) /iu.test(term);
  const defined = allDefinitions.map(({ term }) => term).filter(isOther);
  const topics = terms.filter((term) => isTermLike(term) && isOther(term));
  const siblings = [...defined, ...topics].filter((term) => lexicon.topicStems(term).some((stem) => own.has(stem)));
  return distinct([...siblings, ...random.shuffle(defined), ...random.shuffle(topics)]);
}

/** “What does this describe: …?” with the names of the other items of the same list. */
export const nameOfItem: QuestionMaker = (material, used) => {
  for (const block of material.blocks) {
    const items = describedItems(block, material.lexicon);
    const right = items[material.random.pick(items.length)];
    if (!right || items.some(({ sentence }) => used.has(sentence))) continue;
    const wrong = distinct(items.filter((item) => item !== right).map(({ name }) => name)).slice(0, 4);
    const draft = choice(material, {
      prompt: material.texts.nameOfItem(right.description),
      right: [right.name],
      wrong,
      explanation: material.texts.fromLesson(right.sentence.text),
      uses: items.map(({ sentence }) => sentence),
    });
    if (draft) return draft;
  }
  return null;
};

/** “Write the term that means …”. */
export const writeTerm: QuestionMaker = ({ definitions, texts, lexicon }, used) => {
  const definition = definitions.find(({ sentence, body, term }) => {
    const isGivenAway = lexicon.topicStems(term).every((stem) => lexicon.topicStems(body).includes(stem));
    return !used.has(sentence) && body.length <= BODY_LENGTH && !isGivenAway && lexicon.count(term) <= 2;
  });
  if (!definition) return null;
  return {
    question: {
      kind: 'short',
      prompt: texts.whatIsCalled(definition.body),
      options: [],
      answer: definition.term,
      explanation: texts.fromLesson(definition.sentence.text),
    },
    uses: [definition.sentence],
  };
};

import type { Lexicon, Word } from '../../language/words.ts';
import { frequenciesOf } from '../centrality.ts';
import type { Sentence } from '../passage-blocks.ts';
import { numberIn, otherNumbers } from './falsify.ts';
import { choice, distinct, type QuestionMaker, type QuizMaterial } from './quiz-material.ts';

const GAP = '_____';

interface Gap {
  readonly sentence: Sentence;
  readonly missing: string;
  readonly text: string;
}

/** “Which number is missing?” */
export const missingNumber: QuestionMaker = (material, used) => {
  for (const gap of numberGaps(material, used)) {
    const others = otherNumbers(Number(gap.missing), material.lexicon.language).map(String);
    const draft = choice(material, {
      prompt: material.texts.missingNumber(gap.text),
      right: [gap.missing],
      wrong: material.random.shuffle(others).slice(0, 3),
      explanation: material.texts.fromLesson(gap.sentence.text),
      uses: [gap.sentence],
    });
    if (draft) return draft;
  }
  return null;
};

/** “Write the missing number.” */
export const writeNumber: QuestionMaker = (material, used) => {
  const [gap] = numberGaps(material, used);
  return gap ? short(gap, material.texts.writeNumber(gap.text), material) : null;
};

/** “Which word fills the gap?” with words of the same form. */
export const missingWord: QuestionMaker = (material, used) => {
  for (const gap of wordGaps(material, used)) {
    const wrong = wordsLike(gap, material).slice(0, 3);
    if (wrong.length < 2) continue;
    const draft = choice(material, {
      prompt: material.texts.missingWord(gap.text),
      right: [gap.missing],
      wrong,
      explanation: material.texts.fromLesson(gap.sentence.text),
      uses: [gap.sentence],
    });
    if (draft) return draft;
  }
  return null;
};

/** “Write the missing word.” */
export const writeWord: QuestionMaker = (material, used) => {
  const [gap] = wordGaps(material, used);
  return gap ? short(gap, material.texts.writeWord(gap.text), material) : null;
};

function short(gap: Gap, prompt: string, { texts }: QuizMaterial) {
  const explanation = texts.fromLesson(gap.sentence.text);
  return {
    question: { kind: 'short' as const, prompt, options: [], answer: gap.missing, explanation },
    uses: [gap.sentence],
  };
}

function numberGaps({ statements }: QuizMaterial, used: ReadonlySet<Sentence>): Gap[] {
  return statements.flatMap((sentence) => {
    const number = used.has(sentence) ? null : numberIn(sentence.text);
    return number ? [gapAt(sentence, number.start, number.end)] : [];
  });
}

function gapAt(sentence: Sentence, start: number, end: number): Gap {
  const { text } = sentence;
  return { sentence, missing: text.slice(start, end), text: text.slice(0, start) + GAP + text.slice(end) };
}

/** The word of each sentence that the lesson is most about, where it stands only once and not at the start. */
function wordGaps({ statements, lexicon }: QuizMaterial, used: ReadonlySet<Sentence>): Gap[] {
  const frequencies = frequenciesOf(statements.flatMap(({ stems }) => stems));
  const gaps = statements.flatMap((sentence) => {
    if (used.has(sentence)) return [];
    const own = frequenciesOf(sentence.stems);
    const [best] = nounsOf(sentence.text, lexicon)
      .map((word) => ({ word, stem: lexicon.stem(word.text) }))
      .filter(({ stem }) => own.get(stem) === 1)
      .sort((a, b) => (frequencies.get(b.stem) ?? 0) - (frequencies.get(a.stem) ?? 0));
    if (!best) return [];
    return [{ gap: gapAt(sentence, best.word.start, best.word.end), frequency: frequencies.get(best.stem) ?? 0 }];
  });
  return gaps.sort((a, b) => b.frequency - a.frequency).map(({ gap }) => gap);
}

/** Other words with the same ending, so that grammar does not give the answer away. */
function wordsLike({ missing, sentence }: Gap, material: QuizMaterial): string[] {
  const { lexicon, random, blocks, context } = material;
  const inSentence = new Set(sentence.stems);
  const ending = missing.slice(lexicon.language === 'ru' ? -3 : -1);
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { text } of [...blocks, ...context].flatMap(({ sentences }) => sentences)) {
    for (const word of nounsOf(text, lexicon)) {
      const stem = lexicon.stem(word.text);
      if (seen.has(stem) || inSentence.has(stem) || !word.text.endsWith(ending)) continue;
      seen.add(stem);
      found.push(word.text);
    }
  }
  return distinct(random.shuffle(found.slice(0, 40)));
}

const BEFORE_NOUN = /^(?:an?|the|of|in|from|with|per|for|by|to|on|into)$/i;

/** Words of a sentence, its first apart, that are nouns as far as form and place tell. */
function nounsOf(text: string, lexicon: Lexicon): Word[] {
  const words = lexicon.words(text);
  return words.filter((word, index) => {
    const previous = words[index - 1];
    if (!previous || word.text.length < 5 || !/^\p{Ll}+$/u.test(word.text) || lexicon.isStopword(word.text))
      return false;
    if (lexicon.language === 'ru') return !RUSSIAN_OTHER.test(word.text);
    if (lexicon.language !== 'en') return true;
    const next = words[index + 1];
    const endsPhrase = !next || lexicon.isStopword(next.text) || text.slice(word.end, next.start) !== ' ';
    return BEFORE_NOUN.test(previous.text) && endsPhrase && !/(?:ly|ing|ed)$/.test(word.text);
  });
}

/** Endings of Russian verbs, adjectives and adverbs. */
const RUSSIAN_OTHER =
  /(?:ть|ться|ет|ют|ит|ат|ят|ется|ются|ится|атся|ятся|ал|ала|али|ил|ила|или|но|ны|ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ых|их|ыми|ими|ую|юю|ым|им|ая|уя|яя|вши)$/u;

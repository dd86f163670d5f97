import type { PassageBlock, Sentence } from '../passage-blocks.ts';
import { choice, distinct, type QuestionMaker, type QuizMaterial } from './quiz-material.ts';

/** Longest item of a list that is an answer, in characters. */
const ITEM_LENGTH = 140;

interface IntroducedList {
  readonly leadIn: Sentence;
  readonly items: readonly Sentence[];
}

/** “The lesson says ‘…:’. Which of these belong there?” with items of other lists as wrong answers. */
export const itemsOfList: QuestionMaker = (material, used) => {
  const lists = listsIn(material.blocks);
  const others = [...lists, ...listsIn(material.context)];
  for (const list of lists) {
    if (used.has(list.leadIn) || list.items.some((item) => used.has(item))) continue;
    const right = material.random.shuffle(list.items).slice(0, list.items.length > 3 ? 3 : 2);
    const wrong = foreignItems(list, others, material).slice(0, 2);
    if (right.length < 2 || wrong.length < 2) continue;
    const draft = choice(material, {
      prompt: material.texts.belongsToList(list.leadIn.text),
      right: distinct(right.map(({ text }) => itemText(text))),
      wrong,
      explanation:
        `${material.texts.fromLesson(list.leadIn.text)} ${list.items.map(({ text }) => itemText(text)).join('; ')}.`.slice(
          0,
          2_900,
        ),
      uses: [list.leadIn, ...list.items],
    });
    if (draft) return draft;
  }
  return null;
};

/** Items of other lists that have no telling word in common with this one. */
function foreignItems(
  list: IntroducedList,
  lists: readonly IntroducedList[],
  { lexicon, random }: QuizMaterial,
): string[] {
  const own = new Set(list.items.flatMap(({ stems }) => stems));
  const candidates = lists
    .filter((other) => other !== list)
    .flatMap(({ items }) => items)
    .filter(({ stems }) => stems.length > 0 && stems.filter((stem) => own.has(stem)).length * 3 <= stems.length)
    .filter(({ text }) => lexicon.count(text) <= 16);
  return distinct(random.shuffle(candidates).map(({ text }) => itemText(text)));
}

/** Lists of short items with a sentence ending in a colon right before them. */
function listsIn(blocks: readonly PassageBlock[]): IntroducedList[] {
  return blocks.flatMap((block, index) => {
    const leadIn = blocks[index - 1]?.kind === 'paragraph' ? blocks[index - 1]?.sentences.at(-1) : undefined;
    if (block.kind !== 'list' || !leadIn?.text.endsWith(':') || leadIn.text.length > 300) return [];
    const items = block.sentences.filter(({ text }) => text.length <= ITEM_LENGTH && text.length > 2);
    return items.length >= 2 && items.length === block.sentences.length ? [{ leadIn, items }] : [];
  });
}

function itemText(text: string): string {
  return text.replace(/[;,.]\s*$/, '').trim();
}

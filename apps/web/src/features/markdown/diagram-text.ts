/** What begins a tag, or stands for a sign that does (`<`, and `&` for what is decoded twice). Breaks and stereotypes stay. */
const TAG_LIKE = new RegExp(
  [
    '<<\\w+>>|<br\\s*/?>',
    '<(?=[a-z/!?])',
    // Of HTML, where the semicolon may be missing; of diagrams, where it may not: `#600` is a colour.
    '&(?=lt|amp|#0*(?:60|38)(?!\\d)|#x0*(?:3c|26)(?![\\da-f]))',
    '#(?=(?:lt|amp|0*60|0*38|x0*3c|x0*26);)',
  ].join('|'),
  'gi',
);
const LOOKALIKES: Readonly<Record<string, string>> = { '<': '‹', '&': '＆', '#': '＃' };

/**
 * The source of a diagram without anything that could become an element: the library that draws it puts labels into the
 * page to measure and decode them. Arrows such as `<|--` stay as they are.
 */
export function withoutTags(source: string): string {
  return source.replace(TAG_LIKE, (found) => LOOKALIKES[found] ?? found);
}

/**
 * For an entry of a list that may disappear with the focus in it, asked for before it does. The function returned moves
 * the focus to the first link or button of the entry after it, or before it, else to the page's content.
 */
export function neighbourOf(inside: Element | null): () => void {
  const entry = inside?.closest('li');
  const neighbour = entry?.nextElementSibling ?? entry?.previousElementSibling;
  const target = neighbour?.querySelector<HTMLElement>('a, button');
  return () => (target?.isConnected ? target : document.getElementById('content'))?.focus();
}

/**
 * For an entry of a list that is about to disappear with the focus in it: the focus goes to the first link or button
 * of the entry after it, or before it, else to the page's content.
 */
export function focusNeighbour(inside: Element | null): void {
  const entry = inside?.closest('li');
  const neighbour = entry?.nextElementSibling ?? entry?.previousElementSibling;
  const target = neighbour?.querySelector<HTMLElement>('a, button') ?? document.getElementById('content');
  target?.focus();
}

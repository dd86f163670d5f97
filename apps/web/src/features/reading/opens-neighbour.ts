/** Where the arrows have work of their own: fields, choices, menus, and areas that scroll sideways. */
const OWN_ARROWS =
  'input, textarea, select, [contenteditable], [role=radiogroup], [role=menu], [role=dialog], [role=alertdialog], [role=slider], pre, [tabindex="0"]';

/** Whether an arrow key is meant for the page: by itself, and not for what has the focus. */
export function opensNeighbour(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing) return false;
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return false;
  if (document.querySelector('[role=dialog], [role=alertdialog]') !== null) return false;
  return !(event.target instanceof Element && event.target.closest(OWN_ARROWS) !== null);
}

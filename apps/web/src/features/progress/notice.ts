/** Whether the reader wants to be told when a course is done; kept for this browser. */
const KEY = 'notify-when-done';
const listeners = new Set<() => void>();

export type NoticeState = 'unsupported' | 'off' | 'on' | 'blocked';

export function noticeState(): NoticeState {
  if (!('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && localStorage.getItem(KEY) === 'yes' ? 'on' : 'off';
}

export function onNoticeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the browser for its leave when switched on: only after a click, never by itself. */
export async function switchNotice(isOn: boolean): Promise<void> {
  if (isOn && Notification.permission === 'default') await Notification.requestPermission();
  if (isOn) localStorage.setItem(KEY, 'yes');
  else localStorage.removeItem(KEY);
  for (const listener of listeners) listener();
}

/** Tells somebody who looks elsewhere: by the browser where they asked for it, and by the title of the tab. */
export function tellDone(text: string, courseTitle: string): void {
  if (!document.hidden) return;
  const known = document.title;
  document.title = `✓ ${text} ${courseTitle}`;
  const restore = () => {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', restore);
    if (document.title.startsWith('✓ ')) document.title = known;
  };
  document.addEventListener('visibilitychange', restore);
  if (noticeState() !== 'on') return;
  try {
    const notification = new Notification(text, { body: courseTitle, icon: '/icon.svg' });
    notification.onclick = () => window.focus();
  } catch {
    // Phones allow notifications to service workers only; the title has been changed all the same.
  }
}

'use client';

import type { ReactNode } from 'react';
import { menuButtonStyles } from './menu-button-styles.ts';
import { useOnDemand } from './use-on-demand.ts';

export interface MenuEntry {
  readonly key: string;
  readonly label: ReactNode;
  /** The language of the label, where it is not that of the page. */
  readonly lang?: string;
  readonly isChosen?: boolean;
  readonly onSelect?: () => void;
  /** Where the entry leads: it is a link then. */
  readonly href?: string;
}

export interface MenuProps {
  /** What the button is called; what is in it may be an icon only. */
  readonly label: string;
  readonly trigger: ReactNode;
  /** What stands above the entries. */
  readonly note?: ReactNode;
  readonly entries: readonly MenuEntry[];
}

const load = () => import('./menu-list.tsx');

/** A button with a menu. Until it is opened for the first time it is the button alone. */
export function Menu(props: MenuProps) {
  const { part, prepare, want } = useOnDemand(load);
  if (part) return <part.MenuList {...props} />;
  return (
    <button
      type="button"
      title={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      className={menuButtonStyles}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={want}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        want();
      }}
    >
      <span className="sr-only">{props.label}</span>
      {props.trigger}
    </button>
  );
}

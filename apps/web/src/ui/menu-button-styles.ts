import { buttonStyles } from './button.tsx';
import { cn } from './class-names.ts';

/** One look for the button before its menu is fetched and after. */
export const menuButtonStyles = cn(buttonStyles({ variant: 'ghost', size: 'small' }), 'h-10 min-w-10 px-2');

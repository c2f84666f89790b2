import { line } from '../../icons/icons.ts'

/** What the views of the whole phone are told by in its bar. */
export const viewIcons = {
  recents: line('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 7.5V12l3 2'),
  settings: line(
    'M4.5 7h8.5M17 7h2.5M4.5 12h2.5M11 12h8.5M4.5 17h6.5M15 17h4.5M15 5.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM9 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM13 15.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  ),
} as const

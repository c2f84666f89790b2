import { svg, type SVGTemplateResult } from 'lit'

/** Drawn on 24 by 24, in the colour of the text, hidden from assistive technology: the label says it. */
function icon(shape: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`
}

/** An icon of one stroke. */
export const line = (d: string): SVGTemplateResult => icon(svg`<path d=${d} />`)
const handset =
  'M6.6 3.5h2.6c.4 0 .8.3.9.7l.9 3.6c.1.4 0 .8-.3 1L8.6 10.6a13 13 0 0 0 4.8 4.8l1.8-2.1c.2-.3.6-.4 1-.3l3.6.9c.4.1.7.5.7.9v2.6c0 1.4-1.2 2.6-2.6 2.5A15.9 15.9 0 0 1 4.1 6.1 2.5 2.5 0 0 1 6.6 3.5z'
const camera =
  'M4 7.5A1.5 1.5 0 0 1 5.5 6h8A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 4 16.5zM15 10.5l5-3v9l-5-3'

export const icons = {
  phone: icon(svg`<path fill="currentColor" stroke="none" d=${handset} />`),
  hangup: icon(svg`<path fill="currentColor" stroke="none" transform="rotate(135 12 12)" d=${handset} />`),
  microphone: line(
    'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6.5 11v.5a5.5 5.5 0 0 0 11 0V11M12 17v3.5',
  ),
  microphoneOff: line(
    'M9 7V6.5a3 3 0 0 1 6 0v5M6.5 11v.5a5.5 5.5 0 0 0 8.6 4.5M12 17v3.5M9 10v1.5a3 3 0 0 0 3.6 2.9M4 4l16 16',
  ),
  camera: line(camera),
  cameraOff: line(
    'M9 6h4.5A1.5 1.5 0 0 1 15 7.5V12M15 16.5a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 4 16.5v-9A1.5 1.5 0 0 1 5 6.1M15 10.5l5-3v9l-2.5-1.5M4 4l16 16',
  ),
  pause: line('M9 6v12M15 6v12'),
  play: icon(svg`<path fill="currentColor" stroke="none" d="M8 5.5v13l10.5-6.5z" />`),
  keypad: icon(
    svg`<path stroke-width="3.2" d="M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01" />`,
  ),
  backspace: line('M9 6h9.5A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5H9l-5-6zM11.5 10l4 4M15.5 10l-4 4'),
  close: line('M7 7l10 10M17 7 7 17'),
  add: line('M12 5.5v13M5.5 12h13'),
  swap: line('M7 4.5v14M7 4.5 3.8 7.7M7 4.5l3.2 3.2M17 19.5v-14M17 19.5l3.2-3.2M17 19.5l-3.2-3.2'),
  merge: line('M12 19.5v-6L6.5 8M12 13.5 17.5 8M6.5 11.5V8H10M14 8h3.5v3.5'),
  transfer: line('M4 12h14M13 6.5l5.5 5.5-5.5 5.5'),
  more: icon(svg`<path stroke-width="3.2" d="M5.5 12h.01M12 12h.01M18.5 12h.01" />`),
  speaker: line('M5 9.5v5h3l4.5 3.8V5.7L8 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11'),
  ringer: line('M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4'),
  screen: line('M4.5 5h15v10.5h-15zM8.5 19.5h7M12 13V8M9.8 10 12 7.8l2.2 2.2'),
  screenOff: line('M4.5 5h15v10.5h-15zM8.5 19.5h7M9.7 8l4.6 4.6M14.3 8l-4.6 4.6'),
  person: icon(
    svg`<path fill="currentColor" stroke="none" d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 5.8 0 0 1 15 0z" />`,
  ),
} as const

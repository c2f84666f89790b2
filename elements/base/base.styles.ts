import { css } from 'lit'

/**
 * The look's tokens, and a wall against the page's styles. A page sets the `--att-` names; the short private ones are
 * what the tags use. The page's font, writing direction and colour scheme come through, nothing else does.
 */
export const baseStyles = css`
  :host {
    --surface: var(--att-surface, light-dark(#fff, #16181d));
    --raised: var(--att-raised, light-dark(#f1f3f6, #23262d));
    --pressed: color-mix(in srgb, var(--ink) 8%, var(--raised));
    --ink: var(--att-ink, light-dark(#14161a, #f2f3f5));
    --muted: var(--att-muted, light-dark(#5b6270, #a2a9b6));
    --line: var(--att-line, light-dark(#e3e6eb, #2a2e36));
    --go: var(--att-go, light-dark(#117a3d, #2fb463));
    --go-ink: var(--att-go-ink, light-dark(#fff, #04150a));
    --stop: var(--att-stop, light-dark(#c7281c, #ff6257));
    --stop-ink: var(--att-stop-ink, light-dark(#fff, #1d0503));
    --accent: var(--att-accent, light-dark(#2f54d0, #93aaff));
    --avatar: var(--att-avatar, light-dark(#dfe6ff, #2a3357));
    --avatar-ink: var(--att-avatar-ink, light-dark(#27408f, #cdd8ff));
    --warn: var(--att-warning, light-dark(#8a5300, #f0b352));
    --radius: var(--att-radius, 28px);
    --step: calc(4px * var(--att-density, 1));
    display: block;
  }
  :host([hidden]) {
    display: none !important;
  }
  .root {
    all: initial;
    box-sizing: border-box;
    display: block;
    /* The size the person chose in the browser, not the one the page made of it. */
    font-size: medium;
    font-family: inherit;
    line-height: 1.4;
    color: var(--ink);
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    cursor: default;
  }
  *,
  ::before {
    box-sizing: border-box;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
  }
  .ghost {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    color: var(--muted);
  }
  .ghost:hover {
    background: var(--raised);
    color: var(--ink);
  }
  .avatar img,
  ::slotted([slot='avatar']) {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    object-fit: cover;
  }
  a {
    color: inherit;
    text-decoration-color: var(--muted);
    text-underline-offset: 0.15em;
  }
  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`

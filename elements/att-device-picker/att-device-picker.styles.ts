import { css } from 'lit'

export const devicePickerStyles = css`
  :host {
    container-type: inline-size;
    inline-size: min(100%, 52rem);
  }
  .root {
    display: grid;
    align-items: start;
    gap: calc(var(--step) * 6);
    padding: clamp(16px, 6cqi, calc(var(--step) * 6));
    border-radius: var(--radius);
    background: var(--surface);
    font-size: 0.9375em;
  }
  .device {
    display: grid;
    gap: calc(var(--step) * 2);
    min-inline-size: 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: calc(var(--step) * 2);
    font-weight: 550;
  }
  .name .icon {
    color: var(--muted);
  }
  select {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    padding-inline: calc(var(--step) * 3);
    border: 1px solid var(--muted);
    border-radius: 12px;
    background: var(--surface);
    color: inherit;
    color-scheme: inherit;
    font: inherit;
    text-overflow: ellipsis;
  }
  .test {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: calc(var(--step) * 2) calc(var(--step) * 4);
  }
  .tool {
    justify-self: start;
    min-block-size: 44px;
    padding-inline: calc(var(--step) * 4);
    border-radius: 22px;
    background: var(--raised);
  }
  .tool:hover {
    background: var(--pressed);
  }
  .tool[aria-disabled='true'] {
    color: var(--muted);
    cursor: default;
  }
  .level {
    display: grid;
    grid-template-columns: repeat(10, 1fr);
    gap: 3px;
    min-inline-size: 80px;
  }
  .level i {
    block-size: 12px;
    border: 1px solid var(--muted);
    border-radius: 3px;
  }
  .level .on {
    border-color: currentcolor;
    background: currentcolor;
  }
  /* In a call the level stands alone. */
  .level:first-child,
  .preview,
  .test .hint {
    grid-column: 1 / -1;
  }
  .preview {
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    border-radius: 18px;
    background: #0d0f14;
    object-fit: cover;
    /* As in a mirror. */
    transform: scaleX(-1);
  }
  p {
    margin: 0;
  }
  .hint {
    font-size: 0.875em;
    color: var(--muted);
  }
  .trouble {
    padding: calc(var(--step) * 3) calc(var(--step) * 4);
    border-radius: 18px;
    background: var(--raised);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .trouble b {
    font-weight: 600;
  }
  .options {
    display: grid;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    font-weight: 550;
  }
  .options label {
    display: flex;
    align-items: center;
    gap: calc(var(--step) * 3);
    min-block-size: 44px;
  }
  input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--accent);
  }
  @container (width >= 36rem) {
    .root {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .options,
    .root > .hint {
      grid-column: 1 / -1;
    }
  }
  @container (width < 22rem) {
    .test {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    .tool {
      border: 1px solid ButtonText;
    }
    .level i {
      forced-color-adjust: none;
      border-color: CanvasText;
    }
    .level .on {
      background: CanvasText;
    }
  }
`

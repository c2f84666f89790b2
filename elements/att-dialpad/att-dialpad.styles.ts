import { css } from 'lit'

export const dialpadStyles = css`
  :host {
    display: grid;
    container-type: inline-size;
  }
  .root {
    display: flex;
    flex-direction: column;
    gap: calc(var(--step) * 3);
  }
  .entry {
    display: grid;
    grid-template-columns: 44px 1fr 44px;
    align-items: center;
    min-block-size: 52px;
    border-radius: 16px;
  }
  .entry:not(:has([readonly])) {
    background: var(--raised);
  }
  input {
    grid-column: 2;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: clamp(max(20px, 1em), 10cqi, 1.75em);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    text-align: center;
    text-overflow: ellipsis;
  }
  input.long {
    font-size: clamp(max(17px, 0.9em), 6.4cqi, 1.3em);
  }
  input::placeholder {
    color: var(--muted);
    font-size: max(0.7em, 0.8rem);
    font-weight: 400;
    opacity: 1;
  }
  .hint {
    margin: calc(var(--step) * -3) 0 0;
    min-block-size: 1.4em;
    font-size: 0.8125em;
    text-align: center;
    color: var(--muted);
  }
  .pad {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: clamp(6px, 3cqi, calc(var(--step) * 2.5));
    inline-size: 100%;
    max-inline-size: 300px;
    margin: auto auto 0;
  }
  @container (width < 16.25em) {
    .entry {
      grid-template-columns: 0 1fr 44px;
    }
    .entry:not(:has(.ghost)) {
      grid-template-columns: 0 1fr 0;
    }
  }
  .key {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    min-block-size: max(44px, 1.6em, var(--att-key-size, calc(var(--step) * 16)));
    border-radius: 99px;
    background: var(--raised);
    font-size: 1.65em;
    font-weight: 450;
    line-height: 1;
    font-variant-numeric: tabular-nums;
    user-select: none;
    -webkit-user-select: none;
  }
  .key:hover {
    background: var(--pressed);
  }
  .key[aria-disabled='true'] {
    opacity: 0.45;
    cursor: not-allowed;
  }
  .key:active {
    background: color-mix(in srgb, var(--ink) 18%, var(--raised));
  }
  .letters {
    min-block-size: 1em;
    font-size: max(10px, 0.37em);
    font-weight: 600;
    letter-spacing: 0.14em;
    color: var(--muted);
  }
  @media (forced-colors: active) {
    .key {
      border: 1px solid ButtonText;
    }
  }
`

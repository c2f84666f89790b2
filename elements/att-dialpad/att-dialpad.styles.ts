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
    min-block-size: 44px;
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
    font-size: clamp(20px, 8.4cqi, 1.7em);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    text-align: center;
    text-overflow: ellipsis;
  }
  input.long {
    font-size: clamp(17px, 6.4cqi, 1.3em);
  }
  input::placeholder {
    color: var(--muted);
    font-size: 0.7em;
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
  @container (width < 260px) {
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
    min-block-size: max(44px, var(--att-key-size, calc(var(--step) * 16)));
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

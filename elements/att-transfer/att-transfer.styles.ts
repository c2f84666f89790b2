import { css } from 'lit'

export const transferStyles = css`
  :host {
    container-type: inline-size;
  }
  .root {
    display: grid;
    gap: calc(var(--step) * 3);
  }
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .title {
    font-weight: 600;
  }
  input {
    box-sizing: border-box;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 48px;
    padding: 0 16px;
    border: 1px solid color-mix(in srgb, var(--muted) 75%, transparent);
    border-radius: var(--att-transfer-radius, 18px);
    background: var(--raised);
    color: inherit;
    font: inherit;
    font-size: 1.0625em;
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
  }
  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  input:disabled {
    cursor: not-allowed;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 6em), 1fr));
    gap: calc(var(--step) * 2);
  }
  .choice {
    min-block-size: 48px;
    padding: 6px 12px;
    border-radius: 99px;
    background: var(--raised);
    font-weight: 600;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  .main {
    background: var(--accent);
    color: light-dark(#fff, #10131f);
  }
  .stop {
    color: var(--stop);
  }
  .choice:hover {
    background: color-mix(in srgb, var(--ink) 8%, var(--raised));
  }
  .main:hover {
    background: color-mix(in srgb, var(--ink) 12%, var(--accent));
  }
  .choice[aria-disabled='true'] {
    background: var(--raised);
    color: var(--muted);
    cursor: not-allowed;
  }
  .told {
    display: grid;
    gap: calc(var(--step) * 2);
  }
  .status {
    min-block-size: 1.4em;
    font-size: 0.8125em;
    color: var(--muted);
  }
  .trouble {
    padding: 8px 14px;
    border-radius: 14px;
    background: light-dark(#fdeceb, #3a1715);
    font-size: 0.875em;
  }
  .trouble b {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    input,
    .choice,
    .trouble {
      border: 1px solid ButtonText;
    }
    .choice[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`

import { css } from 'lit'

export const callButtonStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .call {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    max-inline-size: 100%;
    min-block-size: max(44px, var(--att-button-size, 48px));
    padding: 8px 24px;
    padding-inline: 20px 24px;
    border-radius: var(--att-call-button-radius, 99px);
    background: var(--go);
    color: var(--go-ink);
    font-weight: 600;
    line-height: 1.25;
    text-align: start;
    text-decoration: none;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .call:hover {
    filter: brightness(1.08);
  }
  .call[aria-disabled='true'] {
    background: var(--raised);
    color: var(--muted);
    filter: none;
    cursor: not-allowed;
  }
  .call[aria-busy='true'] .icon,
  .call[aria-expanded='true'] .icon {
    animation: busy 1s ease-in-out infinite alternate;
  }
  @keyframes busy {
    to {
      opacity: 0.45;
    }
  }

  .panel {
    position: fixed;
    inset: auto;
    inset-block-end: 16px;
    inset-inline-end: 16px;
    inline-size: 320px;
    max-inline-size: calc(100vw - 32px);
    max-block-size: calc(100dvh - 32px);
    margin: 0;
    padding: calc(var(--step) * 4);
    overflow: auto;
    border: 0;
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--att-shadow, 0 1px 2px rgb(0 0 0 / 0.12), 0 12px 32px rgb(0 0 0 / 0.22));
    --att-button-size: 56px;
    --att-key-size: 48px;
  }
  .panel:popover-open {
    display: grid;
    gap: calc(var(--step) * 4);
  }
  .panel:focus-visible {
    outline-offset: -4px;
  }
  .who {
    display: flex;
    align-items: start;
  }
  .who > :first-child {
    flex: 1;
    min-inline-size: 0;
  }
  .wait {
    display: grid;
    margin: 0;
    padding: calc(var(--step) * 2);
  }
  .wait b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .wait span {
    font-size: 0.8125em;
    color: var(--muted);
  }
  .notices {
    display: grid;
    gap: calc(var(--step) * 2);
  }
  .notices:not(:has(*)) {
    display: none;
  }
  .notice p {
    margin: 0;
  }
  .notice .plain {
    margin-block-start: 8px;
  }
  .notice {
    margin: 0;
    padding: 10px 16px;
    border-radius: 18px;
    background: var(--raised);
    font-size: 0.875em;
    line-height: 1.35;
  }
  .notice b {
    font-weight: 600;
  }
  .notice.error {
    background: light-dark(#fdeceb, #3a1715);
  }
  .row {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    justify-items: center;
    align-items: start;
    gap: 4px;
  }
  .again {
    display: grid;
    justify-items: center;
    gap: 4px;
  }
  .plain {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 20px;
    border-radius: 99px;
    background: var(--accent);
    color: light-dark(#fff, #10131f);
    font-weight: 600;
  }
  .again .plain {
    inline-size: 100%;
    background: var(--go);
    color: var(--go-ink);
  }
  .telephone {
    display: grid;
    place-items: center;
    min-block-size: 44px;
    font-size: 0.875em;
    color: var(--accent);
  }
  .control {
    position: relative;
  }
  @media (width < 300px) {
    .panel {
      padding: 12px;
      --att-button-size: 48px;
    }
    .row:has(att-camera-button) {
      gap: 2px;
      --att-button-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .call,
    .plain,
    .panel {
      border: 1px solid ButtonText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .call .icon {
      animation: none !important;
    }
  }
`

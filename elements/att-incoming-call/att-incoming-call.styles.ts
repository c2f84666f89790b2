import { css } from 'lit'

export const incomingCallStyles = css`
  :host {
    container-type: inline-size;
  }
  :host([floating]) {
    position: fixed;
    inset-block-start: 16px;
    inset-inline-end: 16px;
    z-index: var(--att-incoming-call-layer, 1000);
    inline-size: min(22rem, 100% - 32px);
  }
  .dialog {
    display: grid;
    gap: calc(var(--step) * 3);
    padding: var(--att-incoming-call-padding, calc(var(--step) * 4));
    border-radius: var(--att-incoming-call-radius, 24px);
    background: var(--surface);
    box-shadow: var(--att-shadow, 0 1px 2px rgb(0 0 0 / 0.08), 0 12px 32px rgb(0 0 0 / 0.18));
  }
  .caller {
    display: flex;
    align-items: center;
    gap: calc(var(--step) * 3.5);
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 52px;
    block-size: 52px;
    border-radius: 50%;
    font-size: 18px;
    font-weight: 550;
    color: var(--avatar-ink);
    background: var(--avatar);
    animation: ring 1.6s ease-out infinite;
  }
  .text {
    flex: 1;
    min-inline-size: 0;
  }
  h2,
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 600;
    line-height: 1.25;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  p {
    font-size: 0.8125em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .actions {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    justify-items: center;
    align-items: start;
    gap: calc(var(--step) * 2);
    text-align: center;
  }
  att-answer-button,
  att-reject-button {
    --att-button-size: var(--att-incoming-call-button-size, 52px);
  }
  @container (width < 330px) {
    .actions:has(:nth-child(4)) {
      grid-auto-flow: row;
      grid-template-columns: 1fr 1fr;
    }
  }
  @keyframes ring {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--go) 45%, transparent);
    }
    to {
      box-shadow: 0 0 0 14px transparent;
    }
  }
  @media (forced-colors: active) {
    .dialog {
      border: 1px solid ButtonText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .avatar {
      animation: none;
      outline: 3px solid var(--go);
      outline-offset: 2px;
    }
  }
`

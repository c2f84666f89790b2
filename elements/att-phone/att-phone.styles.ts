import { css } from 'lit'

export const phoneStyles = css`
  :host {
    inline-size: min(100%, 22rem);
    container-type: inline-size;
  }
  /* Of the page's own values none is overruled: those of a rule outside go first. */
  :host([density='compact']) {
    --att-density: 0.8;
    --att-height: max(500px, 16rem + 244px);
    --att-button-size: 52px;
  }
  :host([filled]) {
    inline-size: auto;
    container-type: normal;
  }
  /* In an editing area the attribute is absent. */
  :host(:state(filled)) {
    inline-size: auto;
    container-type: normal;
  }
  .phone {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--step) * 3);
    block-size: 100%;
    min-block-size: var(--att-height, max(600px, 18rem + 312px));
    --inset: clamp(12px, 5.6cqi, 20px);
    padding: calc(var(--step) * 4) var(--inset) calc(var(--step) * 5.5);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--att-shadow, 0 1px 2px rgb(0 0 0 / 0.08), 0 12px 32px rgb(0 0 0 / 0.1));
    overflow: hidden;
  }
  .phone:focus-visible {
    outline-offset: -3px;
  }
  p {
    margin: 0;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    font-size: 0.8125em;
    color: var(--muted);
  }
  .status {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 7px;
    color: var(--ink);
    font-weight: 550;
  }
  .status::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--dot, var(--muted));
    border-radius: 50%;
    background: var(--dot, transparent);
  }
  .ok {
    --dot: var(--go);
  }
  .busy {
    --dot: var(--accent);
  }
  .warn {
    --dot: var(--warn);
  }
  .who {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  att-call-view,
  att-dialpad,
  .welcome {
    flex: 1;
    min-inline-size: 0;
  }
  att-call-view[compact] {
    flex: none;
  }
  .welcome {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: calc(var(--step) * 4);
    text-align: center;
    color: var(--muted);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 84px;
    block-size: 84px;
    border-radius: 50%;
    background: var(--raised);
  }
  .plain {
    min-block-size: 44px;
    padding: 8px 20px;
    border-radius: 99px;
    background: var(--accent);
    color: light-dark(#fff, #10131f);
    font-weight: 600;
  }

  .side {
    display: grid;
    gap: calc(var(--step) * 4);
  }
  /* They lie over the call: nothing moves below a finger, and the phone keeps its height. */
  .notices {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    inset-block-end: calc(100% + var(--step) * 2);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--step) * 2);
  }
  .call .side {
    position: relative;
  }
  /* Without a call they would cover the number. */
  .idle .notices {
    position: static;
  }
  .notices:not(:has(*)) {
    display: none;
  }
  .card {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 6px 4px 6px 16px;
    padding-inline: 16px 4px;
    border-radius: 18px;
    background: var(--raised);
    font-size: 0.875em;
  }
  .card p {
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .card b {
    font-weight: 600;
  }
  .notice {
    flex-wrap: wrap;
    justify-content: end;
    box-shadow: var(--att-notice-shadow, 0 4px 16px rgb(0 0 0 / 0.18));
  }
  .notice p {
    flex-basis: 12em;
    padding-block: 6px;
  }
  /* Buttons of words have a line of their own, below the text and what closes it. */
  .notice:has(.plain, usermedia) p {
    flex-basis: calc(100% - 56px);
  }
  .notice .ghost {
    order: 1;
  }
  .notice :is(.plain, usermedia) {
    order: 2;
    margin-block-end: 6px;
  }
  usermedia {
    font-size: 0.8125rem;
  }
  .notice p:last-child {
    padding-inline-end: 12px;
  }
  .no {
    background: none;
    color: var(--accent);
  }
  .error {
    background: light-dark(#fdeceb, #3a1715);
  }
  .card:not(.notice) :is(b, p > span) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .card p > span {
    font-size: 0.92em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .last {
    --att-button-size: 44px;
    --att-button-background: transparent;
    --att-button-ink: var(--accent);
  }

  .row {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    justify-items: center;
    align-items: start;
    gap: 4px;
    inline-size: 100%;
    max-inline-size: 300px;
    margin-inline: auto;
  }
  .end {
    --att-button-width: 128px;
    grid: auto / 1fr auto 1fr;
    align-items: center;
  }
  .control.sound {
    --att-button-width: 48px;
    --att-button-size: 48px;
  }
  .panel {
    flex: 1 1 0;
    min-block-size: 12rem;
    overflow: auto;
    color: var(--muted);
  }
  .panel > * {
    --att-surface: transparent;
  }
  .tabs {
    display: flex;
    gap: 2px;
    min-block-size: 48px;
  }
  .dial {
    align-items: center;
    --att-button-size: calc(var(--step) * 14);
  }
  .main {
    --att-button-size: calc(var(--step) * 18);
  }
  .erase:not(:hover) .disc {
    background: none;
  }
  @supports selector(:state(typed)) {
    .phone:not(:has(att-dialpad:state(typed))) .erase {
      visibility: hidden;
    }
  }

  @container (width < 560px) {
    .idle att-call-view {
      display: none;
    }
    /* The phone stays as high as it is when it tells of the last call. */
    .idle:has(.last) {
      --att-key-size: calc(var(--step) * 13);
    }
  }
  @container (width < 280px) {
    .call .who {
      display: none;
    }
    .phone {
      --att-button-size: 56px;
      --att-key-size: calc(var(--step) * 13);
    }
    .end {
      --att-button-width: 96px;
    }
    .notice p {
      flex-basis: 8em;
    }
    .notice .plain {
      padding-inline: 12px;
    }
    /* The browser's own button does not get narrower; the text says what else helps. */
    usermedia {
      display: none;
    }
  }
  @container (width >= 560px) {
    .phone {
      display: grid;
      grid-template: auto 1fr auto auto / minmax(0, 1fr) minmax(240px, 320px);
      gap: calc(var(--step) * 3) calc(var(--step) * 7);
      padding-inline: 28px;
    }
    .bar,
    .welcome {
      grid-column: 1 / -1;
    }
    att-call-view {
      grid-area: 2 / 1 / 4;
    }
    .last {
      display: none;
    }
    .card:not(.notice) {
      grid-area: 3 / 1;
      align-self: end;
      z-index: 1;
    }
    att-dialpad {
      grid-area: 2 / 2;
    }
    .side {
      grid-area: 3 / 2;
    }
    .tabs {
      grid-area: 4 / 1;
    }
    .out .side {
      grid-column: 1 / -1;
    }
  }
  @media (forced-colors: active) {
    .phone,
    .card,
    .plain {
      border: 1px solid ButtonText;
    }
  }
`

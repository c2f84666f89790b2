import { css } from 'lit'

export const callListStyles = css`
  :host {
    container-type: inline-size;
  }
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--step) * 2);
  }
  .call {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 56px;
    padding-block: 6px;
    padding-inline: 10px 4px;
    border-radius: var(--att-call-list-radius, 18px);
    background: var(--raised);
    font-size: 0.875em;
  }
  .call[aria-current] {
    background: none;
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    margin-inline-end: 6px;
    border-radius: 50%;
    font-size: 13px;
    font-weight: 550;
    color: var(--avatar-ink);
    background: var(--avatar);
  }
  p {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    line-height: 1.3;
  }
  p > * {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  b {
    font-weight: 600;
  }
  p > span {
    font-size: 0.92em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .ghost {
    color: var(--ink);
  }
  .ghost:hover {
    background: color-mix(in srgb, var(--ink) 8%, var(--raised));
  }
  .ghost[aria-disabled='true'] {
    opacity: 0.45;
    cursor: not-allowed;
  }
  .ghost[aria-busy='true'] {
    animation: busy 1s ease-in-out infinite alternate;
  }
  .end {
    color: var(--muted);
  }
  .empty {
    padding: calc(var(--step) * 3);
    text-align: center;
    color: var(--muted);
  }
  :host([background]) p {
    flex-basis: 5.5em;
  }
  :host([background]) .call {
    flex-wrap: wrap;
    justify-content: end;
  }
  /* Three controls leave one line for the name and one for the state, or a line of their own. */
  @container (width < 300px) {
    :host([background]) .avatar {
      display: none;
    }
    :host([background]) .call {
      gap: 0;
      padding-inline-start: 14px;
    }
  }
  @container (width < 240px) {
    :host([background]) p {
      flex-basis: 100%;
    }
    :host([background]) .ghost {
      flex: 1;
    }
    .avatar {
      display: none;
    }
    .call {
      gap: 0;
      padding-inline-start: 14px;
    }
  }
  @keyframes busy {
    to {
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .call {
      border: 1px solid ButtonText;
    }
    .call[aria-current] {
      border: 2px solid Highlight;
    }
    .ghost[aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .ghost {
      animation: none !important;
    }
  }
`

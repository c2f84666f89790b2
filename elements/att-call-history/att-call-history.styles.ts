import { css } from 'lit'

export const callHistoryStyles = css`
  :host {
    container-type: inline-size;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    min-block-size: 44px;
    padding-inline-start: 12px;
  }
  .head:focus {
    outline: none;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.0625em;
    font-weight: 600;
  }
  h3 {
    padding: 12px 12px 4px;
    font-size: 0.8125em;
    font-weight: 600;
    color: var(--muted);
  }
  .question {
    flex: 1 1 12em;
    font-size: 0.875em;
  }
  .answers {
    display: flex;
    gap: 8px;
    margin-inline-start: auto;
  }
  .plain {
    min-block-size: 44px;
    padding: 8px 16px;
    border-radius: 99px;
    font-size: 0.875em;
    font-weight: 600;
    color: var(--accent);
  }
  .plain:hover {
    background: var(--raised);
  }
  .delete,
  .delete:hover {
    background: var(--ink);
    color: var(--surface);
  }
  .empty {
    padding: 24px 12px;
    text-align: center;
    color: var(--muted);
  }
  ul {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .call {
    position: relative;
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto 44px;
    align-items: center;
    column-gap: 10px;
    min-block-size: 56px;
    padding-block: 4px;
    padding-inline: 12px 4px;
    border-radius: 18px;
    font-size: 0.9375em;
  }
  .call:hover {
    background: var(--raised);
  }
  .kind {
    color: var(--muted);
  }
  .kind .icon {
    inline-size: 20px;
    block-size: 20px;
  }
  .missed .kind {
    color: var(--ink);
  }
  .who > * {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .who b {
    font-weight: 500;
  }
  .missed b {
    font-weight: 700;
  }
  .who span,
  time {
    font-size: 0.867em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .ghost {
    color: var(--ink);
  }
  /* The whole line calls: nobody has to aim at the end of it. */
  .ghost::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 18px;
  }
  .call:hover .ghost:hover {
    background: var(--pressed);
  }
  .ghost[aria-disabled='true'] {
    opacity: 0.45;
    cursor: not-allowed;
  }
  @container (width < 17.5em) {
    .call {
      grid-template-columns: 20px minmax(0, 1fr) 44px;
      column-gap: 8px;
      padding-inline-start: 8px;
    }
    .call time {
      grid-area: 2 / 2;
    }
    .call .ghost {
      grid-area: 1 / 3 / 3;
    }
  }
  @media (forced-colors: active) {
    .delete {
      border: 1px solid ButtonText;
    }
  }
`

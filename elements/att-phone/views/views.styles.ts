import { css } from 'lit'

/** The views of the whole phone beside its keypad, and the bar that leads to them. */
export const viewsStyles = css`
  .tab {
    position: relative;
    display: grid;
    place-items: center;
    align-content: center;
    gap: 2px;
    flex: 1 1 0;
    min-inline-size: 44px;
    min-block-size: 48px;
    padding-inline: 2px;
    border-radius: 16px;
    font-size: 0.6875em;
    color: var(--muted);
  }
  .tab .icon {
    inline-size: 22px;
    block-size: 22px;
  }
  .tab:hover {
    background: var(--raised);
  }
  .tab > span:last-child {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tab[aria-current] {
    background: var(--raised);
    color: var(--ink);
    font-weight: 650;
  }
  .count {
    position: absolute;
    inset-block-start: 1px;
    inset-inline-start: calc(50% + 6px);
    min-inline-size: 1.5em;
    padding-inline: 0.35em;
    border-radius: 99px;
    background: var(--ink);
    color: var(--surface);
    font-size: 1em;
    font-weight: 650;
    line-height: 1.5;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .view {
    flex: 1 1 0;
    min-block-size: 12rem;
    overflow: auto;
    --att-surface: transparent;
  }
  .view[hidden] {
    display: none !important;
  }
  .search {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    inline-size: 100%;
    min-block-size: 48px;
    margin: 0 0 calc(var(--step) * 2);
    padding-inline: 16px;
    border: 0;
    border-radius: 16px;
    background: var(--raised);
    color: inherit;
    font: inherit;
    outline-offset: -3px;
  }
  .search::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .people {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .person {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) 24px;
    align-items: center;
    column-gap: 12px;
    inline-size: 100%;
    min-block-size: 56px;
    padding: 6px 12px;
    border-radius: 18px;
    font-size: 0.9375em;
    text-align: start;
    outline-offset: -3px !important;
  }
  .person:hover {
    background: var(--raised);
  }
  .person[aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .person .avatar {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--avatar);
    color: var(--avatar-ink);
    font-size: 0.875em;
    font-weight: 600;
  }
  .person b,
  .person .number {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .person b {
    font-weight: 550;
  }
  .person .number {
    font-size: 0.867em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .person > .icon {
    inline-size: 20px;
    block-size: 20px;
    color: var(--muted);
  }
  .nobody {
    padding: 24px 12px;
    text-align: center;
    color: var(--muted);
  }
  @container (width < 560px) {
    .idle:not(.view-keypad) att-dialpad {
      display: none;
    }
  }
  /* Two words of one line would not fit beside each other: the names stay for assistive technology, and as hints. */
  @container (width < 17.5em) {
    .tab > span:last-child {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
    }
  }
  @container (width >= 560px) {
    .idle att-call-view {
      display: none;
    }
    .view {
      grid-area: 2 / 1 / 4;
    }
    .tab.keypad {
      display: none;
    }
    .idle .last {
      display: flex;
      grid-area: 3 / 1;
    }
    .idle:has(.last) .view {
      grid-row-end: 3;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-current] {
      border: 2px solid Highlight;
    }
    .count {
      border: 1px solid ButtonText;
    }
    .search {
      border: 1px solid ButtonText;
    }
  }
`

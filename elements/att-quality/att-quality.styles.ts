import { css } from 'lit'

export const qualityStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  .root {
    position: relative;
    font-size: 0.8125em;
  }
  .summary {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--step) * 2);
    min-block-size: 44px;
    min-inline-size: 44px;
    padding-inline: calc(var(--step) * 2);
    border-radius: 12px;
    text-align: start;
  }
  .summary:hover {
    background: var(--raised);
  }
  .bars {
    display: inline-flex;
    flex: none;
    align-items: end;
    gap: 3px;
  }
  .bars i {
    inline-size: 4px;
    border-radius: 2px;
    /* An empty bar is an outline: how many there are must not be told by colour alone. */
    border: 1px solid var(--muted);
  }
  .bars i:nth-child(1) {
    block-size: 6px;
  }
  .bars i:nth-child(2) {
    block-size: 9px;
  }
  .bars i:nth-child(3) {
    block-size: 12px;
  }
  .bars i:nth-child(4) {
    block-size: 15px;
  }
  .bars .on {
    border-color: currentcolor;
    background: currentcolor;
  }
  .details {
    display: grid;
    gap: calc(var(--step) * 2);
    margin-block-start: var(--step);
    padding: calc(var(--step) * 3);
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--surface);
    overflow-x: auto;
  }
  .details[hidden] {
    display: none;
  }
  p {
    margin: 0;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 3px 0;
    padding-inline-end: calc(var(--step) * 3);
    font-weight: 400;
    text-align: start;
  }
  th {
    color: var(--muted);
  }
  thead th {
    font-weight: 550;
    color: var(--ink);
  }
  @media (forced-colors: active) {
    .bars i {
      forced-color-adjust: none;
      border-color: CanvasText;
    }
    .bars .on {
      background: CanvasText;
    }
    .details {
      border-color: CanvasText;
    }
  }
`

import { css } from 'lit'

export const conferencePanelStyles = css`
  :host {
    min-inline-size: 0;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--step) * 3);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 calc(var(--step) * 3);
    font-size: 0.875em;
    color: var(--muted);
  }
  h2 {
    margin: 0;
    font: inherit;
    font-weight: 600;
    color: var(--ink);
  }
  [role='timer'] {
    font-variant-numeric: tabular-nums;
  }
  ul {
    display: grid;
    gap: var(--step);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr) auto;
    align-items: center;
    column-gap: calc(var(--step) * 3);
    min-block-size: 56px;
    padding-inline: calc(var(--step) * 2) 0;
    border-radius: 18px;
  }
  .waiting .avatar {
    opacity: 0.6;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    font-size: 13px;
    font-weight: 550;
    color: var(--avatar-ink);
    background: var(--avatar);
  }
  .avatar .icon {
    inline-size: 20px;
    block-size: 20px;
  }
  .speaking .avatar {
    outline: 3px solid var(--go);
    outline-offset: 3px;
  }
  p {
    margin: 0;
    min-inline-size: 0;
  }
  li b {
    display: block;
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  li em {
    display: block;
    font-size: 0.8125em;
    font-style: normal;
    color: var(--muted);
  }
  .tools {
    display: flex;
  }
  .ghost[aria-pressed='true'] {
    background: var(--ink);
    color: var(--surface);
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding-inline-start: calc(var(--step) * 4.5);
    border: 1px solid var(--line);
    border-radius: 24px;
  }
  form:focus-within {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  input {
    min-inline-size: 0;
    block-size: 46px;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: inherit;
  }
  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--step) * 2);
  }
  .wide {
    flex: 1 1 auto;
    min-block-size: 44px;
    padding: calc(var(--step) * 2) calc(var(--step) * 4);
    border-radius: 22px;
    background: var(--raised);
    color: var(--ink);
    font-weight: 550;
  }
  .wide:hover {
    background: var(--pressed);
  }
  .wide.go {
    background: var(--go);
    color: var(--go-ink);
  }
  .wide.stop {
    background: var(--stop);
    color: var(--stop-ink);
  }
  .wide.go:hover,
  .wide.stop:hover {
    filter: brightness(1.08);
  }
  .wide[aria-pressed='true'] {
    background: var(--ink);
    color: var(--surface);
  }
  .heirs .wide {
    overflow: hidden;
    max-inline-size: 100%;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  [aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .hint {
    color: var(--muted);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .wide,
    .avatar,
    .ghost[aria-pressed='true'] {
      border: 1px solid ButtonText;
    }
    .speaking .avatar {
      outline-color: Highlight;
    }
    [aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`

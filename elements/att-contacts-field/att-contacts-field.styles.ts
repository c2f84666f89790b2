import { css } from 'lit'

export const contactsFieldStyles = css`
  :host {
    display: inline-block;
    inline-size: 280px;
    max-inline-size: 100%;
    vertical-align: top;
  }
  .root {
    position: relative;
  }
  input {
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    padding: 8px 14px;
    border: 1px solid var(--att-field-line, color-mix(in srgb, var(--muted) 80%, var(--surface)));
    border-radius: var(--att-field-radius, 12px);
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
  }
  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  input:focus-visible {
    outline-offset: 0;
  }
  input:disabled {
    background: var(--raised);
    color: var(--muted);
    cursor: not-allowed;
  }
  input[aria-invalid='true'] {
    border-color: var(--stop);
  }
  .hint {
    margin: 4px 2px 0;
    min-block-size: 1.4em;
    padding-inline: 12px;
    font-size: 0.8125em;
    color: var(--muted);
  }
  .hint.wrong {
    color: var(--stop);
  }
  [role='listbox'] {
    position: absolute;
    z-index: 1;
    inset-block-start: 48px;
    inset-inline: 0;
    max-block-size: 264px;
    margin: 0;
    padding: 6px;
    overflow: auto;
    overscroll-behavior: contain;
    border-radius: 18px;
    background: var(--surface);
    box-shadow:
      0 0 0 1px var(--line),
      0 12px 32px rgb(0 0 0 / 0.18);
    list-style: none;
  }
  [role='option'] {
    display: grid;
    gap: 0;
    min-block-size: 44px;
    padding: 6px 12px;
    border-radius: 12px;
    align-content: center;
    line-height: 1.25;
    cursor: pointer;
  }
  [role='option']:hover {
    background: var(--raised);
  }
  [role='option'][aria-selected='true'] {
    background: var(--raised);
    box-shadow: inset 0 0 0 2px var(--accent);
  }
  [role='option'] > * {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  [role='option'] b {
    font-weight: 550;
  }
  [role='option'] span {
    font-size: 0.8125em;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  @media (forced-colors: active) {
    [role='listbox'] {
      border: 1px solid CanvasText;
    }
    [role='option'][aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    [role='option'][aria-selected='true'] span {
      color: inherit;
    }
  }
`

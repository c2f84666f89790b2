import { css } from 'lit'

export const controlButtonStyles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: top;
  }
  :host([without-label]) .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`

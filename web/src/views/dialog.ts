/** The look of what opens above the page. */
import { css } from "lit";

export const dialog = css`
  dialog {
    border: 1px solid var(--line); border-radius: 20px; padding: 0; width: min(30rem, 100vw - 24px); max-height: min(44rem, 100dvh - 24px);
    background: var(--paper-raised); color: var(--ink); box-shadow: var(--shadow); overflow: auto; overscroll-behavior: contain;
  }
  dialog[open] { animation: open 260ms var(--ease); }
  dialog::backdrop { background: rgb(20 14 4 / 45%); }
  .box { padding: 18px 22px 22px; }
  .top { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
  .top h2 { font-family: var(--display); font-weight: 500; font-size: 1.6rem; }
  .top button { padding: 0; margin-right: -10px; }
  .top svg { width: 24px; height: 24px; display: block; margin: auto; }
  @keyframes open { from { opacity: 0; transform: translateY(14px); } }
  @media (max-width: 600px) {
    dialog { margin-bottom: 0; width: 100vw; max-width: 100vw; border-radius: 20px 20px 0 0; }
  }
`;

/** Our line drawings, 24 by 24, drawn with one even stroke. */
import { html, type TemplateResult } from "lit";

const drawings: Readonly<Record<string, string>> = {
  sun: "M12 8a4 4 0 1 0 .01 0M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 0 .01 0M9 14.8a2.2 2.2 0 1 0 .01 0",
  send: "M12 19V6M6 11.5L12 5.5l6 6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  up: "M6 14.5l6-6 6 6",
  down: "M6 9.5l6 6 6-6",
  stop: "M7 7h10v10H7Z",
  undo: "M9 6L4.500 10.500 9 15M5 10.500h8.500a5 5 0 0 1 0 10H10",
  ear: "M8 10a5 5 0 0 1 10 0c0 4-4 4.5-4 8a3 3 0 0 1-5.5 1.5M11 10.5a2 2 0 0 1 4 0c0 1.5-1.5 2-2 3",
  light: "M9 18h6M10 21h4M12 3a6.5 6.5 0 0 0-4 11.6c.7.6 1 1.1 1 1.9h6c0-.8.3-1.3 1-1.9A6.5 6.5 0 0 0 12 3Z",
  switch: "M12 3v8M7 6.6a7.5 7.5 0 1 0 10 0",
  outlet: "M5 5h14v14H5ZM10 10v3M14 10v3",
  fan: "M12 10.5a1.5 1.5 0 1 0 .01 0M12 10.5c-3-3-2-7.500.5-7.500s3 4 .8 7.900M13.300 12.700c4.100-1 7.500 2 6.300 4.200s-5 .8-7.300-3M10.600 12.700c-1.200 4-5.500 5.200-6.800 3s1.700-4.900 6.300-4.900",
  climate: "M12 3a2 2 0 0 0-2 2v8.500a4.500 4.500 0 1 0 4 0V5a2 2 0 0 0-2-2ZM12 9v8",
  cover: "M3 4h18M5 4v16c3-2 4-6 4-16M19 4v16c-3-2-4-6-4-16",
  blind: "M3 4h18M5 4v13h14V4M5 8.300h14M5 12.600h14M12 17v3",
  lock: "M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  unlocked: "M6 11h12v9H6ZM8.500 11V7a3.500 3.500 0 0 1 6.800-1.200",
  vacuum: "M12 4a8 8 0 1 0 .01 0M12 9.500a2.500 2.500 0 1 0 .01 0M7.500 5.600h9",
  coffee_machine: "M5 9h12v5a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5ZM17 10.500h1.500a2.500 2.500 0 0 1 0 5H17M8.500 3c-.8 1.200.8 1.800 0 3M12.500 3c-.8 1.200.8 1.800 0 3",
  media_player: "M4 5h16v11H4ZM9 20h6M10.500 8.300v4.400l4-2.200Z",
  speaker: "M7 3h10v18H7ZM12 12a2.800 2.800 0 1 0 .01 0M12 6.500h.01",
  sensor: "M12 10.500a1.500 1.500 0 1 0 .01 0M8.500 15.500a5 5 0 0 1 0-7M15.500 8.500a5 5 0 0 1 0 7M5.600 18.400a9 9 0 0 1 0-12.800M18.400 5.600a9 9 0 0 1 0 12.800",
  temperature: "M12 3a2 2 0 0 0-2 2v8.500a4.500 4.500 0 1 0 4 0V5a2 2 0 0 0-2-2ZM12 9v8",
  humidity: "M12 3.500c3 4 5.500 6.800 5.500 10.200a5.500 5.500 0 0 1-11 0C6.500 10.300 9 7.500 12 3.500Z",
  door: "M6 21V3h12v18M3 21h18M14.500 12h.01",
  window: "M5 3h14v18H5ZM12 3v18M5 12h14",
  garage: "M3 21V9l9-5 9 5v12M7 21v-9h10v9M7 15h10M7 18h10",
};

export function icon(name: string, fallback = "sensor"): TemplateResult {
  return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width=${name === "more" ? 2.6 : 1.7} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${
    drawings[name] ?? drawings[fallback] ?? ""
  } /></svg>`;
}

/** The drawing of a thing by its class, else by its type. */
export function drawingOf(type: string, deviceClass: string, open: boolean): string {
  if (type === "lock") return open ? "unlocked" : "lock";
  if (type === "cover" && ["blind", "shade", "shutter", "awning"].includes(deviceClass)) return "blind";
  if (type === "cover" && deviceClass === "curtain") return "cover";
  return deviceClass in drawings ? deviceClass : type;
}

import { defineConfig } from "vite";

const hub = process.env["JINGLING_HUB"] ?? "http://127.0.0.1:8765";

export default defineConfig({
  base: "/",
  build: {
    outDir: "../src/jingling/server/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": hub, "/ws": { target: hub, ws: true } },
  },
});

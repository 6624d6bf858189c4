"""How long sound goes on after an interruption, measured where it leaves the page: at its AudioContext's end."""

from typing import Any

from screen_page import Screen

LISTEN = """
(() => {
  const heard = (window.__heard = { loud: [], taps: [], frames: [] });
  const connect = AudioNode.prototype.connect;
  let probe = null;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && this !== probe) {
      if (!probe) {
        const context = this.context;
        probe = context.createScriptProcessor(256, 1, 1);
        probe.onaudioprocess = (event) => {
          const samples = event.inputBuffer.getChannelData(0);
          let peak = 0;
          for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
          if (peak > 0.004) heard.loud.push(performance.now());
        };
        connect.call(probe, context.destination);
      }
      connect.call(this, probe);
    }
    return connect.call(this, to, ...rest);
  };
  addEventListener("pointerdown", () => heard.taps.push(performance.now()), true);
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => {
        if (typeof event.data !== "string") heard.frames.push(performance.now());
      });
    }
  };
})();
"""
SETTLED_MS = 900


def listen(screen: Screen) -> None:
    """Call it before the page is opened."""
    screen.page.add_init_script(LISTEN)


def forget(screen: Screen) -> None:
    screen.page.evaluate("() => { for (const each of Object.values(window.__heard)) each.length = 0; }")


def is_sounding(screen: Screen) -> bool:
    return bool(screen.page.evaluate("() => window.__heard.loud.length > 20"))


def heard(screen: Screen) -> dict[str, Any]:
    """Milliseconds of the page's clock: `loud` blocks of about 5 ms, `taps`, and `frames` of sound that came."""
    screen.page.wait_for_timeout(SETTLED_MS)
    found: dict[str, Any] = screen.page.evaluate("() => window.__heard")
    return found


def silence_after_tap_ms(screen: Screen) -> float:
    """From the last tap to the last sound after it; 0 when there was none."""
    found = heard(screen)
    tap = found["taps"][-1]
    return max([at - tap for at in found["loud"] if at > tap], default=0.0)


def first_sound_ms(screen: Screen) -> float:
    """From the first frame that came to the first sound."""
    found = heard(screen)
    came = float(found["frames"][0])
    return min(at for at in found["loud"] if at > came) - came

// A classic script that travels in the page itself, so that it is there whatever else fails to load. Short, for that reason.
(() => {
  const late = 8000;
  let shown = false;
  /** @param {string} message */
  const say = (message) => {
    if (shown) return;
    shown = true;
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:absolute;z-index:2000;top:40px;left:50%;transform:translateX(-50%);max-width:80%;padding:16px 20px;" +
      "background:#fff;color:#222;border:1px solid #b33;border-radius:8px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere";
    const retry = document.createElement("button");
    retry.textContent = "Try again";
    retry.style.cssText = "display:block;margin-top:10px;min-height:36px;padding:0 14px;cursor:pointer";
    retry.onclick = () => location.reload();
    box.append(message, retry);
    document.body.append(box);
    // Before the map stands, Streamlit gives its frame no height.
    globalThis.Streamlit?.setFrameHeight?.(Math.max(260, document.body.scrollHeight));
  };
  const failed = (/** @type {HTMLScriptElement | HTMLLinkElement} */ file) => say(`The map could not load a part of itself: ${"src" in file ? file.src : file.href}`);
  addEventListener("error", ({ target }) => {
    if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) failed(target);
  }, true);
  // Styles may have failed before this script began to listen.
  setTimeout(() => document.querySelectorAll("link").forEach((link) => link.rel !== "stylesheet" || link.sheet || failed(link)), late);
  globalThis.timemapAlarm = say;
})();

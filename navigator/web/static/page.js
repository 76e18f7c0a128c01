"use strict";
// One terminal in the page, one socket to the server. What is typed goes out as "i" and the text, the size as
// "r80x24"; what comes in is what a terminal draws. Why a session ended is told by the code of the close.
(() => {
  const kiosk = document.body.dataset.mode === "kiosk";
  const AGAIN = ["Press any key, or touch the screen, to begin again.", "Oprima cualquier tecla, o toque la pantalla, para comenzar de nuevo."];
  const ENDS = {
    4000: ["The program has ended.", "El programa ha terminado."],
    4001: ["All places are taken. Please try again in a minute.", "Todos los lugares están ocupados. Intente de nuevo en un minuto."],
    4002: ["Nobody was here for a while, so the session was ended.", "Nadie estuvo aquí por un rato, así que la sesión terminó."],
    4003: ["The session has reached its longest time.", "La sesión llegó a su tiempo máximo."],
    4004: ["Something went wrong on our side, and the session was ended.", "Algo falló de nuestro lado y la sesión terminó."],
  };
  const MOMENT = ["One moment.", "Un momento."];
  const LOST = ["The connection was lost.", "Se perdió la conexión."];
  const CLOSED_DOOR = ["This address does not open the program.", "Esta dirección no abre el programa."];
  const OTHER_ADDRESS = ["Open the address that `coe web` printed when it was started.", "Abra la dirección que `coe web` mostró al iniciar."];

  const notice = document.getElementById("notice");
  let socket = null;
  let may_begin = false;

  const terminal = new Terminal({
    allowProposedApi: true, // the width of characters by Unicode 11
    cursorBlink: false,
    fontFamily: '"COE Mono", monospace',
    scrollback: 0,
    theme: { background: kiosk ? "#fbfcfe" : "#0e1420" },
  });
  const fit = new FitAddon.FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new Unicode11Addon.Unicode11Addon());
  terminal.unicode.activeVersion = "11";

  function tell(what, next) {
    const spanish = kiosk ? 1 : 0; // benefits staff work in English
    document.getElementById("what").textContent = what[0];
    document.getElementById("next").textContent = next[0];
    document.getElementById("what-es").textContent = spanish ? what[1] : "";
    document.getElementById("next-es").textContent = spanish ? next[1] : "";
    notice.hidden = false;
    terminal.blur();
    terminal.reset(); // nothing of the session stays behind the notice
    forget();
  }

  // What was typed and marked stands in a box of the page, too, in which the browser would undo.
  function forget() {
    terminal.clearSelection();
    if (terminal.textarea) terminal.textarea.value = "";
  }

  function fitted() {
    // A public screen is read standing: about 100 columns, 60 on one that stands upright; a desk never has fewer than 80.
    const upright = window.innerHeight > window.innerWidth;
    const columns = kiosk ? (upright ? 60 : 100) : Math.max(80, window.innerWidth / 9);
    const by_width = window.innerWidth / columns / 0.602;
    const by_height = window.innerHeight / 24 / 1.17;
    terminal.options.fontSize = Math.max(8, Math.min(40, Math.floor(Math.min(by_width, by_height) * 2) / 2));
    fit.fit();
  }

  function send(text) {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(text);
  }

  function type(text) {
    while (text) {
      let end = 4000; // a long paste goes in pieces: the server takes no message of any length
      if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
      send("i" + text.slice(0, end));
      text = text.slice(end);
    }
  }

  function begin() {
    may_begin = false;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const one = new WebSocket(scheme + "//" + location.host + "/session");
    let opened = false;
    one.binaryType = "arraybuffer";
    one.onopen = () => {
      opened = true;
      socket = one;
      tell(MOMENT, ["", ""]);
      send("r" + terminal.cols + "x" + terminal.rows);
    };
    one.onmessage = (event) => {
      if (!notice.hidden) {
        notice.hidden = true;
        terminal.focus();
      }
      terminal.write(new Uint8Array(event.data));
    };
    one.onclose = async (event) => {
      socket = null;
      if (!opened && !(await let_in(null))) return tell(CLOSED_DOOR, OTHER_ADDRESS);
      tell(ENDS[event.code] || LOST, AGAIN);
      setTimeout(() => { may_begin = true; }, 700); // the key that ended a session does not begin the next one
      if (kiosk) setTimeout(begin_by_itself, event.code === 4000 || event.code === 4002 ? 2000 : 15000);
    };
  }

  // The token comes behind "#", which browsers send to nobody; the server gives a cookie for it.
  async function let_in(token) {
    try {
      const headers = token ? { Authorization: "Bearer " + token } : {};
      return (await fetch("/enter", { headers, cache: "no-store", credentials: "same-origin" })).status === 204;
    } catch {
      return true; // the server does not answer: the connection is lost, the address may be right
    }
  }

  function again(event) {
    if (!may_begin || socket) return;
    event.preventDefault();
    event.stopPropagation();
    begin();
  }
  // A public screen invites the next person without a key, but a page that nobody sees takes no place.
  function begin_by_itself() {
    if (may_begin && !socket && !document.hidden) begin();
  }
  if (kiosk) document.addEventListener("visibilitychange", begin_by_itself);

  window.addEventListener("keydown", again, true);
  window.addEventListener("pointerup", again, true);

  if (kiosk) {
    for (const name of ["contextmenu", "copy", "cut", "dragstart", "drop"]) {
      window.addEventListener(name, (event) => event.preventDefault(), true);
    }
    terminal.onSelectionChange(() => terminal.hasSelection() && terminal.clearSelection());
  }
  // The program copies; it never reads what lies in the clipboard. A kiosk copies nothing: it says so when it wipes.
  terminal.parser.registerOscHandler(52, (data) => {
    const text = data.slice(data.indexOf(";") + 1);
    if (kiosk) {
      forget();
    } else if (/^[A-Za-z0-9+/=]*$/.test(text) && navigator.clipboard) {
      const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
      navigator.clipboard.writeText(new TextDecoder().decode(bytes)).catch(() => {});
    }
    return true;
  });
  terminal.parser.registerOscHandler(8, () => true); // no link leads out of the page

  // What is pasted are words: an escape sequence in them would end the paste and be taken for keys.
  window.addEventListener("paste", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (socket) terminal.paste(event.clipboardData.getData("text/plain").replace(/(?![\t\n\r])[\x00-\x1f\x7f-\x9f]/g, ""));
  }, true);

  async function start() {
    const token = location.hash.slice(1);
    if (token) history.replaceState(null, "", location.pathname);
    await Promise.all([document.fonts.load('16px "COE Mono"'), document.fonts.load('bold 16px "COE Mono"')]).catch(() => {});
    terminal.open(document.getElementById("screen"));
    terminal.onData(type);
    terminal.onResize((size) => send("r" + size.cols + "x" + size.rows));
    fitted();
    let waiting = 0;
    window.addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(fitted, 100);
    });
    if (await let_in(token)) begin();
    else tell(CLOSED_DOOR, OTHER_ADDRESS);
  }
  start();
})();

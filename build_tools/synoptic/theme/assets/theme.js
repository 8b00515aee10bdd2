/* Before anything is painted: JavaScript is on, and the colours are those that the reader chose, else the system's. */
(root => {
  root.classList.replace("no-js", "js");
  const buttons = [...document.querySelectorAll(".palette")];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const key = `${new URL("..", document.currentScript.src).pathname}colours`; // a host may have several sites
  let chosen = 0;
  try {
    chosen = Math.max(0, buttons.findIndex(button => button.value === localStorage.getItem(key)));
  } catch { /* storage is blocked */ }
  const paint = () => {
    buttons.forEach((button, i) => { button.hidden = i !== chosen; });
    root.dataset.colours = buttons[chosen].value || (dark.matches ? "dark" : "light");
  };
  const next = () => {
    chosen = (chosen + 1) % buttons.length;
    paint();
    buttons[chosen].focus();
    try {
      localStorage.setItem(key, buttons[chosen].value);
    } catch { /* the choice lasts for this page */ }
  };
  for (const button of buttons) button.addEventListener("click", next);
  dark.addEventListener("change", paint);
  paint();
})(document.documentElement);

/* Before anything is painted: JavaScript is on, and the colours are those that the reader chose. Material's own switch
   computes the styles of the whole page three times more, and shows a light page first where the system is dark. */
document.documentElement.classList.replace("no-js", "js");
(buttons => {
  if (!buttons.length) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const key = `${new URL("..", document.currentScript.src).pathname}colours`; // a host may have several sites
  let chosen = 0;
  try {
    chosen = Math.max(0, buttons.findIndex(button => button.value === localStorage.getItem(key)));
  } catch { /* storage is blocked */ }
  const paint = () => {
    buttons.forEach((button, i) => { button.hidden = i !== chosen; });
    document.body.dataset.mdColorScheme = buttons[chosen].value || (dark.matches ? "slate" : "default");
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
})([...document.querySelectorAll(".palette")]);

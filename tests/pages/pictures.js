() => {
  // a letter's box is some pixels higher than its ink
  const outer = el => { while (el.ownerSVGElement) el = el.ownerSVGElement; return el; };
  const texts = [...document.querySelectorAll('article svg text')].map(el => {
    const box = el.getBoundingClientRect(), whole = outer(el).getBoundingClientRect();
    return {
      text: el.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
      size: parseFloat(getComputedStyle(el).fontSize),
      out: box.left < whole.left - 1 || box.right > whole.right + 1
        || box.top < whole.top - 3 || box.bottom > whole.bottom + 3,
    };
  });
  const over = [];
  texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      over.push([a.text, b.text]);
  }));
  const shapes = [...document.querySelectorAll('article svg.pic :is(rect, circle)')]
    .map(el => el.getBoundingClientRect()).filter(box => box.left < 0 || box.right > innerWidth);
  return {
    pictures: document.querySelectorAll('article svg.pic').length, over,
    out: texts.filter(t => t.out), small: texts.filter(t => t.size < 11), shapes: shapes.length,
    sideways: document.documentElement.scrollWidth - innerWidth,
  };
}

// What the tests ask a page in the browser (`probe` in tests/browser.py).
window.probes = {
  // Each cell of the matrix on a phone: its name, its width, and whether it lies below the head of its card.
  cards: () => [...document.querySelectorAll('.matrix td')].map(td => ({
    name: getComputedStyle(td, '::before').content, wide: td.getBoundingClientRect().width,
    head: td.parentElement.querySelector('th').getBoundingClientRect().bottom - 1
          <= td.getBoundingClientRect().top,
  })),
  // The element that has the focus: which it is, and whether that can be seen.
  focus: () => {
    const el = document.activeElement, label = el.matches('.md-option') ? el.nextElementSibling : el;
    const style = getComputedStyle(label), box = label.getBoundingClientRect();
    return {
      what: el.outerHTML.slice(0, 90), skip: el.matches('.md-skip'), part: el.matches('.parts a'),
      mark: el.matches('.matrix td a'), body: el === document.body,
      shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && label.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  },
  // What a page shows: its own article, title, descriptions and attributes; and what must not be there.
  look: () => {
    const attributes = [...document.querySelectorAll("*")].flatMap(el => [...el.attributes].map(a => [el, a]));
    const leading = attributes.filter(([, a]) => /^(href|src|action|data|formaction|xlink:href)$/.test(a.name));
    const content = document.querySelector(".md-content").cloneNode(true);
    for (const script of content.querySelectorAll("script")) script.remove(); // data for programs
    return {
      hits, shown: content.textContent, title: document.title,
      told: attributes.map(([, a]) => a.value).filter(value => /r\d{3}[a-z]+ /.test(value)),
      events: attributes.filter(([, a]) => /^on/i.test(a.name)).map(([el]) => el.outerHTML.slice(0, 200)),
      schemes: leading.map(([, a]) => a.value).filter(value => /^\s*[^/?#]*:/.test(value) && !/^https?:/.test(value)),
      tags: document.querySelectorAll("iframe, object, embed, base, math, marquee, video, audio, plaintext, xmp, "
        + ".md-content :is(img, style, link, meta, textarea, template)").length,
      frames: frames.length, headings: document.querySelectorAll("h1").length,
    };
  },
  // Where the heads of the matrix are once it is scrolled to its end, and what lies on top there.
  matrix: () => {
    const box = document.querySelector('.box:has(> .matrix)');
    box.scrollIntoView({block: 'end'});
    box.scrollTo(box.scrollWidth, box.scrollHeight);
    const edge = box.getBoundingClientRect();
    const inner = {left: edge.left + box.clientLeft, top: edge.top + box.clientTop};
    const head = box.querySelector('thead th:last-child').getBoundingClientRect();
    const rows = [...box.querySelectorAll('tbody th[scope=row]')];
    const row = rows[rows.length - 1].getBoundingClientRect();
    const at = (x, y) => document.elementFromPoint(x, y)?.closest('th, td')?.outerHTML.slice(0, 40);
    return {
      down: box.scrollTop, right: box.scrollLeft,
      headTop: head.top - inner.top, rowLeft: row.left - inner.left,
      corner: at(inner.left + 8, inner.top + 8),
      head: at(head.left + head.width / 2, inner.top + 8),
      row: at(inner.left + 8, row.top + row.height / 2),
    };
  },
  // The texts of all cells of the matrix, row by row.
  rows: () => [...document.querySelectorAll('thead tr, tr[data-verdict]')]
    .map(tr => [...tr.cells].map(cell => cell.textContent.trim())),
  // The milliseconds until the matrix is laid out again after a topic was chosen.
  filter: () => {
    const form = document.querySelector('form.tools'), began = performance.now();
    const topic = form.elements.topic;
    topic.selectedIndex = 1;
    topic.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.getBoundingClientRect();
    return performance.now() - began;
  },
  // Begins a search, and leaves in `took` the milliseconds until it had results.
  search: (words, filters) => {
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(1000);
    window.began = performance.now();
    const form = document.getElementById('find');
    new MutationObserver(() => { window.took ??= performance.now() - window.began; })
      .observe(document.getElementById('results'), {childList: true});
    for (const [name, value] of new URLSearchParams(filters))
      form.elements[name].add(new Option(value, value, true, true));
    form.q.value = words;
    form.dispatchEvent(new Event('input'));
  },
};

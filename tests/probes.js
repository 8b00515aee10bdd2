// What the tests ask a page in the browser (`probe` in tests/browser.py).
window.probes = {
  // The claims of a matrix of marks on a phone: height of each, lines of its text, and what each cell says before its marks.
  lines: () => [...document.querySelectorAll('tr[data-verdict]')].map(tr => {
    const claim = tr.querySelector('th a'), box = claim.getBoundingClientRect();
    return {
      high: tr.getBoundingClientRect().height, lines: Math.round(box.height / parseFloat(getComputedStyle(claim).lineHeight)),
      cells: [...tr.cells].slice(1).filter(td => td.checkVisibility()).map(td => getComputedStyle(td, '::before').content),
    };
  }),
  // The element that has the focus: which it is, and whether that can be seen.
  focus: () => {
    const el = document.activeElement, style = getComputedStyle(el), box = el.getBoundingClientRect();
    return {
      what: el.outerHTML.slice(0, 90), skip: el.matches('.skip'), part: el.matches('.parts a'),
      mark: el.matches('.matrix td a'), body: el === document.body,
      shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && el.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  },
  // What a page shows: its own article, title, descriptions and attributes; and what must not be there.
  look: () => {
    const attributes = [...document.querySelectorAll("*")].flatMap(el => [...el.attributes].map(a => [el, a]));
    const leading = attributes.filter(([, a]) => /^(href|src|action|data|formaction|xlink:href)$/.test(a.name));
    const content = document.querySelector("article").cloneNode(true);
    for (const script of content.querySelectorAll("script")) script.remove(); // data for programs
    return {
      hits, shown: content.textContent, title: document.title,
      told: attributes.map(([, a]) => a.value).filter(value => /r\d{3}[a-z]+ /.test(value)),
      events: attributes.filter(([, a]) => /^on/i.test(a.name)).map(([el]) => el.outerHTML.slice(0, 200)),
      schemes: leading.map(([, a]) => a.value).filter(value => /^\s*[^/?#]*:/.test(value) && !/^https?:/.test(value)),
      tags: document.querySelectorAll("iframe, object, embed, base, math, marquee, video, audio, plaintext, xmp, "
        + "article :is(style, link, meta, template), article img:not([src*='/pictures/']), "
        + "article textarea:not(form.own.tools label > textarea:empty)").length,
      frames: frames.length, headings: document.querySelectorAll("h1").length,
    };
  },
  // Where the heads of the matrix are once the page is scrolled into its middle, what lies on top there, and what scrolls.
  matrix: () => {
    const table = document.querySelector('.matrix'), middle = table.getBoundingClientRect();
    scrollTo(0, middle.top + scrollY + middle.height / 2);
    const bar = document.querySelector('.masthead').getBoundingClientRect().bottom;
    const head = table.querySelector('thead th:last-child').getBoundingClientRect();
    const at = y => document.elementFromPoint(middle.left + 8, y)?.closest('th, td')?.outerHTML.slice(0, 40);
    const scrollers = [...document.querySelectorAll('main *')].filter(el =>
      /auto|scroll/.test(getComputedStyle(el).overflowY) && el.scrollHeight > el.clientHeight + 1);
    return {
      down: scrollY, gap: head.top - bar, corner: at(head.top + 8), topic: at(head.bottom + 8),
      head: document.elementFromPoint(head.left + head.width / 2, head.bottom - 6)?.closest('th')?.outerHTML.slice(0, 16),
      scrollers: scrollers.filter(el => el.querySelector('.matrix')).map(el => el.className),
    };
  },
  // Names of columns that are cut off, and whether the table is wider than its place.
  cut: () => ({
    names: [...document.querySelectorAll('.matrix .name')].filter(name => {
      const box = name.getBoundingClientRect(), cell = name.closest('th').getBoundingClientRect();
      return name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 1
        || box.left < cell.left - 1 || box.right > cell.right + 1 || box.top < cell.top - 1;
    }).map(name => name.textContent),
    wide: document.querySelector('.matrix').scrollWidth - document.querySelector('.grid').clientWidth,
  }),
  // The texts of all cells of the matrix, row by row.
  rows: () => [...document.querySelectorAll('thead tr, tr[data-verdict]')]
    .map(tr => [...tr.cells].map(cell => cell.textContent.trim())),
  // The milliseconds until the matrix is laid out again after a topic was chosen.
  filter: () => new Promise(resolve => {
    const form = document.querySelector('form.choose'), began = performance.now(), topic = form.elements.topic;
    new MutationObserver(() => {
      document.body.getBoundingClientRect();
      resolve(performance.now() - began);
    }).observe(form.querySelector('[role=status]'), {childList: true});
    topic.selectedIndex = 1;
    topic.dispatchEvent(new Event('input', {bubbles: true}));
  }),
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

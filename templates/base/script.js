/* Everything here is an extra: without it the page lacks no word. */
(function () {
  "use strict";
  var text = function (element) {
    var copy = element.cloneNode(true);
    copy.querySelectorAll(".line-number, .annotation").forEach(function (mark) { mark.remove(); });
    return copy.textContent.replace(/[ \t]+$/gm, "");
  };

  /* A button that copies code. */
  if (navigator.clipboard) document.querySelectorAll("pre.code").forEach(function (pre) {
    var box = document.createElement("div");
    box.className = "code-box";
    pre.replaceWith(box);
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text(pre)).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      });
    });
    box.append(pre, button);
  });

  /* What a reference names, beside it. */
  var preview = null, timer = 0;
  var close = function () {
    clearTimeout(timer);
    if (preview) preview.remove();
    preview = null;
  };
  var open = function (link) {
    var id = decodeURIComponent(link.getAttribute("href").slice(1));
    var target = document.getElementById(id);
    if (!target) return;
    close();
    if (/^H[1-6]$/.test(target.tagName)) {
      var part = document.createElement("div");
      part.append(target.cloneNode(true));
      if (target.nextElementSibling) part.append(target.nextElementSibling.cloneNode(true));
      target = part;
    } else if (target.tagName === "TABLE" || target.tagName === "SPAN") {
      var whole = document.createElement("div");
      whole.append(target.cloneNode(true));
      target = whole;
    } else target = target.cloneNode(true);
    /* A copy has no ids: those of the page stay unique. */
    target.removeAttribute("id");
    target.querySelectorAll("details, .downloads, .back, button").forEach(function (extra) { extra.remove(); });
    target.querySelectorAll("[id]").forEach(function (inner) {
      if (!inner.closest("svg")) inner.removeAttribute("id");
    });
    preview = document.createElement("div");
    preview.className = "preview";
    preview.setAttribute("aria-hidden", "true");
    preview.append(target);
    preview.addEventListener("mouseenter", function () { clearTimeout(timer); });
    preview.addEventListener("mouseleave", close);
    document.body.append(preview);
    var place = link.getBoundingClientRect();
    var left = Math.max(16, Math.min(place.left, innerWidth - preview.offsetWidth - 16));
    var below = place.bottom + 6 + preview.offsetHeight < innerHeight || place.top < preview.offsetHeight;
    preview.style.left = left + scrollX + "px";
    preview.style.top = (below ? place.bottom + 6 : place.top - preview.offsetHeight - 6) + scrollY + "px";
  };
  document.querySelectorAll("a.reference[href^='#'], .citation a[href^='#'], .note-mark a").forEach(function (link) {
    link.addEventListener("mouseenter", function () {
      clearTimeout(timer);
      timer = setTimeout(open, 250, link);
    });
    link.addEventListener("mouseleave", function () {
      clearTimeout(timer);
      timer = setTimeout(close, 250);
    });
    link.addEventListener("focus", function () { if (link.matches(":focus-visible")) open(link); });
    link.addEventListener("blur", close);
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });

  /* The section that is being read, in the contents. */
  var entries = {};
  document.querySelectorAll(".contents a").forEach(function (link) {
    entries[decodeURIComponent(link.getAttribute("href").slice(1))] = link;
  });
  var headings = Object.keys(entries).map(function (id) { return document.getElementById(id); }).filter(Boolean);
  if (headings.length && "IntersectionObserver" in window) {
    var mark = function () {
      var current = headings[0];
      headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < innerHeight / 4) current = heading; });
      Object.keys(entries).forEach(function (id) {
        if (id === current.id) entries[id].setAttribute("aria-current", "true");
        else entries[id].removeAttribute("aria-current");
      });
    };
    new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" }).observe(headings[0]);
    addEventListener("scroll", mark, { passive: true });
    mark();
  }
})();

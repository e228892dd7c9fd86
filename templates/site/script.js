/* A search through the texts of all reports, which are part of this page. */
(function () {
  "use strict";
  var pages = JSON.parse(document.getElementById("search-index").textContent);
  var box = document.querySelector(".search");
  var field = document.getElementById("search-words");
  var list = document.getElementById("search-results");
  var count = document.getElementById("search-count");
  var cards = document.querySelector(".cards");
  var most = 50;
  box.hidden = false;

  var found = function (words) {
    var results = [];
    pages.forEach(function (page) {
      page.sections.forEach(function (section) {
        var title = (page.title + " " + section[1]).toLowerCase();
        var text = section[2].toLowerCase();
        var score = 0;
        var all = words.every(function (word) {
          var inTitle = title.indexOf(word) >= 0, inText = text.indexOf(word) >= 0;
          score += (inTitle ? 5 : 0) + (inText ? 1 : 0);
          return inTitle || inText;
        });
        if (all) results.push({ page: page, section: section, score: score });
      });
    });
    /* The order of equal results is that of the pages: sorting is stable. */
    return results.sort(function (a, b) { return b.score - a.score; });
  };

  /* The words around the first hit; nothing is written as HTML. */
  var excerpt = function (text, words) {
    var lower = text.toLowerCase();
    var places = words.map(function (word) { return lower.indexOf(word); }).filter(function (place) { return place >= 0; });
    var begin = Math.max(0, (places.length ? Math.min.apply(null, places) : 0) - 60);
    var part = (begin > 0 ? "… " : "") + text.slice(begin, begin + 220) + (begin + 220 < text.length ? " …" : "");
    var paragraph = document.createElement("p");
    var rest = part;
    for (;;) {
      var low = rest.toLowerCase(), next = -1, length = 0;
      words.forEach(function (word) {
        var place = low.indexOf(word);
        if (place >= 0 && (next < 0 || place < next)) { next = place; length = word.length; }
      });
      if (next < 0) break;
      paragraph.append(rest.slice(0, next));
      var mark = document.createElement("mark");
      mark.textContent = rest.slice(next, next + length);
      paragraph.append(mark);
      rest = rest.slice(next + length);
    }
    paragraph.append(rest);
    return paragraph;
  };

  field.addEventListener("input", function () {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = "";
    cards.hidden = words.length > 0;
    if (!words.length) { count.textContent = ""; return; }
    var results = found(words);
    count.textContent = results.length === 0 ? "Nothing found." : results.length === 1 ? "One section." :
      results.length + " sections" + (results.length > most ? ", the first " + most + " are shown." : ".");
    results.slice(0, most).forEach(function (result) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = result.page.page + (result.section[0] ? "#" + result.section[0] : "");
      link.textContent = result.page.title + (result.section[1] ? ": " + result.section[1] : "");
      item.append(link, excerpt(result.section[2], words));
      list.append(item);
    });
  });
})();

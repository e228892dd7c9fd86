/* What the pages of all templates have. */
(function () {
  "use strict";
  /* Formulas are copied as TeX. */
  document.addEventListener("copy", function (event) {
    var selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !event.clipboardData) return;
    var range = selection.getRangeAt(0).cloneRange();
    var around = function (node) { return (node.nodeType === 1 ? node : node.parentElement).closest(".katex"); };
    var first = around(range.startContainer), last = around(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    var part = range.cloneContents();
    var formulas = part.querySelectorAll(".katex");
    if (!formulas.length) return;
    formulas.forEach(function (formula) {
      var tex = formula.querySelector("annotation");
      var mark = formula.parentElement && formula.parentElement.className === "katex-display" ? "$$" : "$";
      formula.replaceWith(tex ? mark + tex.textContent + mark : "");
    });
    var box = document.createElement("div");
    box.append(part);
    event.clipboardData.setData("text/plain", box.textContent);
    event.preventDefault();
  });

  /* The source that the page was made from. */
  document.querySelectorAll("button.source").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var made = JSON.parse(document.getElementById("provenance").textContent);
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([made.source], { type: "text/markdown" }));
      link.download = made.document.split("/").pop();
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
})();

// Marks in the text of a law the words that a search brought along (?q=听证+期限).
(function () {
  "use strict";

  const law = document.querySelector(".law");
  const asked = new URLSearchParams(window.location.search).get("q");
  if (!law || !asked) return;

  const MOST = 500;
  const fold = (text) => text.toLowerCase().replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).toLowerCase();
  const words = fold(asked.slice(0, 200)).split(/\s+/).filter(Boolean).slice(0, 6);
  const texts = [];
  const walker = document.createTreeWalker(law, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);

  let marked = 0;
  texts.forEach((node) => {
    const folded = fold(node.data);
    if (folded.length !== node.data.length) return;
    let rest = node;
    let from = 0;
    while (marked < MOST) {
      let place = -1;
      let word = "";
      words.forEach((one) => {
        const found = folded.indexOf(one, from);
        if (found >= 0 && (place < 0 || found < place || (found === place && one.length > word.length))) {
          place = found;
          word = one;
        }
      });
      if (place < 0) return;
      const hit = rest.splitText(place - (folded.length - rest.data.length));
      rest = hit.splitText(word.length);
      const mark = document.createElement("mark");
      hit.parentNode.replaceChild(mark, hit);
      mark.appendChild(hit);
      from = place + word.length;
      marked += 1;
    }
  });
})();

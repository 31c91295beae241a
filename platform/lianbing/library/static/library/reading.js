// A hint and no proof: the confirmation opens when the end of the text has been in sight and a film has played.
(function () {
  "use strict";
  const form = document.querySelector("form[data-after-reading]");
  if (!form || !("IntersectionObserver" in window)) return;
  const button = form.querySelector("button");
  const hint = document.querySelector("[data-reading-hint]");
  const film = document.querySelector("video.film");
  let seen = false;
  let played = !film;

  const look = () => {
    button.disabled = !(seen && played);
    hint.hidden = seen && played;
  };
  look();
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen = true;
    observer.disconnect();
    look();
  }).observe(form);
  if (film) {
    const done = () => { played = true; look(); };
    film.addEventListener("ended", done);
    film.addEventListener("error", done); // what does not play keeps nobody from confirming
  }
})();

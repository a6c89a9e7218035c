// A [2] in an answer shows citation 2: its turn's evidence comes forward, the citation is lit and scrolled to.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href*="#turn-"]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    const cited = document.getElementById(link.getAttribute("href").split("#")[1]);
    if (!cited) return;
    const shown = cited.closest(".dl-turn");
    for (const turn of document.querySelectorAll(".dl-turn")) turn.hidden = turn !== shown;
    for (const lit of document.querySelectorAll(".dl-lit")) lit.classList.remove("dl-lit");
    cited.classList.add("dl-lit");
    link.classList.add("dl-lit");
    cited.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    cited.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  },
  true,
);

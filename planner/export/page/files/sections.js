const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));

/** Marks the section that is read now in the list of sections. */
const watcher = new IntersectionObserver(
  (entries) => {
    const entered = entries.filter((entry) => entry.isIntersecting);
    if (!entered.length) return;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(entered[entered.length - 1].target.id)?.setAttribute("aria-current", "true");
  },
  { rootMargin: "-15% 0px -80% 0px" },
);
for (const section of document.querySelectorAll("main > section")) watcher.observe(section);

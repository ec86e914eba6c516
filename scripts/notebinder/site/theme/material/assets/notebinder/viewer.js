/* Shows the picture of a figure over the page, whole at first, with PhotoSwipe: pinch, wheel and double tap zoom,
   dragging pans, arrow keys and swipes lead to the page's next picture. Back and Escape lead to the figure.

   The library is loaded with the first picture that is opened. Everything hangs on the document, so that it
   goes on working when instant navigation swaps the page. */
"use strict";

(() => {
  const folder = new URL("vendor/photoswipe/", document.currentScript.src);
  const CAPTION = 72; // pixels below the picture
  const SECOND_CLICK = 250; // milliseconds
  const ANEW = 3000;
  let loading, viewer, waiting;
  let shown = 0;
  let isGoingBack = false;
  let leadBackUntil = 0;

  function load() {
    loading ??= Promise.all([
      nb_add("link", { rel: "stylesheet", href: new URL("photoswipe.css", folder).href }),
      nb_add("script", { src: new URL("photoswipe.umd.min.js", folder).href }),
    ]);
    return loading;
  }

  // What the page knows of a picture. The browser takes the rendition that fits, and full pixels when zoomed.
  function slideOf(link) {
    const image = link.querySelector("img");
    const figure = link.closest("figure");
    const caption = figure?.querySelector("figcaption")?.cloneNode(true);
    caption?.querySelectorAll(".headerlink").forEach((own) => own.remove());
    const scale = Math.max(1, (link.dataset.width || 0) / (image.width || 1));
    return {
      src: link.href,
      srcset: image.srcset,
      msrc: image.currentSrc || image.src,
      width: Number(link.dataset.width) || image.naturalWidth * scale || 1600,
      height: Number(link.dataset.height) || image.naturalHeight * scale || 900,
      alt: image.alt,
      title: caption?.textContent.trim() || link.dataset.title || image.alt,
      taken: link.dataset.taken ?? "",
      words: figure?.querySelector(".nb-words"),
    };
  }

  function tellCaption(element, { title, taken }) {
    const parts = [title, taken].filter(Boolean).map((text, index) => {
      const part = document.createElement(index ? "small" : "span");
      part.textContent = text;
      return part;
    });
    element.replaceChildren(...parts);
  }

  // The words of a picture lie over it here, too, and grow with it.
  function layWords(slide) {
    const image = slide?.content.element;
    if (!slide?.data.words || !image) return;
    if (!slide.words) {
      slide.words = slide.data.words.cloneNode(true);
      slide.container.append(slide.words);
    }
    Object.assign(slide.words.style, { width: image.style.width, height: image.style.height });
  }

  // To the figure that was shown last. Going back in the history takes the focus away, so that comes first; where
  // it is the first step on a page, Material shows the page anew besides.
  function leadBack() {
    if (viewer || isGoingBack) return;
    setTimeout(() => { // as long as the viewer is there it holds the focus
      const link = document.querySelectorAll("a.nb-zoom")[shown];
      link?.closest("figure")?.scrollIntoView({ block: "nearest" });
      link?.focus({ preventScroll: true });
    });
  }

  document$.subscribe(() => performance.now() < leadBackUntil && leadBack());

  async function open(link) {
    const links = [...document.querySelectorAll("a.nb-zoom")];
    await load();
    viewer = new window.PhotoSwipe({
      dataSource: links.map(slideOf),
      index: links.indexOf(link),
      bgOpacity: 1,
      mainClass: "nb-viewer",
      initialZoomLevel: "fit",
      secondaryZoomLevel: (level) => Math.max(1, level.fit * 2),
      maxZoomLevel: (level) => Math.max(4, level.fit * 4),
      wheelToZoom: true,
      loop: false,
      returnFocus: false,
      showHideAnimationType: matchMedia("(prefers-reduced-motion)").matches ? "none" : "fade",
      paddingFn: () => ({ top: 48, bottom: CAPTION, left: 8, right: 8 }),
      closeTitle: nb_words["close"],
      zoomTitle: nb_words["zoom"],
      arrowPrevTitle: nb_words["previous picture"],
      arrowNextTitle: nb_words["next picture"],
      errorMsg: nb_words["picture failed"],
    });
    viewer.on("uiRegister", () => {
      viewer.element.ariaLabel = nb_words["pictures"];
      viewer.element.ariaModal = "true";
      viewer.ui.registerElement({ name: "caption", appendTo: "root", onInit: (element, pswp) => {
        element.className = "nb-viewer-caption";
        element.ariaLive = "polite";
        pswp.on("change", () => tellCaption(element, pswp.currSlide.data));
      } });
    });
    for (const event of ["afterSetContent", "imageSizeChange", "contentAppend"]) {
      viewer.on(event, ({ slide, content }) => layWords(slide ?? content.slide));
    }
    // With a mouse, dragging over words selects them; beside them it pans.
    viewer.on("pointerDown", (event) => {
      const { originalEvent: original } = event;
      if (original.pointerType === "mouse" && original.target.closest?.(".nb-words > div")) event.preventDefault();
    });
    viewer.on("close", () => {
      isGoingBack = Boolean(history.state?.viewer);
      if (isGoingBack) history.back();
    });
    viewer.on("change", () => (shown = viewer.currIndex));
    viewer.on("destroy", () => {
      viewer = undefined;
      leadBackUntil = performance.now() + ANEW;
      leadBack();
    });
    history.pushState({ ...history.state, viewer: true }, "");
    viewer.init();
  }

  // Material listens to single letters too; they are not meant for the page behind.
  window.addEventListener("keydown", (event) => viewer && event.key.length === 1 && event.stopPropagation(), true);
  window.addEventListener("popstate", (event) => {
    if (!viewer && !isGoingBack) return;
    event.stopImmediatePropagation(); // the page behind has not changed
    isGoingBack = false;
    if (viewer) viewer.close();
    else leadBack();
  }, true);

  // Over words a second click selects one: the first waits for it, and opens nothing where text is selected.
  function openUnlessSelecting(link, event) {
    clearTimeout(waiting);
    if (event.detail > 1 || !getSelection().isCollapsed) return;
    if (event.pointerType === "touch") open(link);
    else waiting = setTimeout(() => getSelection().isCollapsed && open(link), SECOND_CLICK);
  }

  document.addEventListener("click", (event) => {
    const words = event.target.closest?.(".nb-picture > .nb-words");
    const link = words?.parentElement.querySelector("a.nb-zoom") ?? event.target.closest?.("a.nb-zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (words) openUnlessSelecting(link, event);
    else open(link);
  });
})();

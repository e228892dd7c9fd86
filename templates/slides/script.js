// Shows the page's slides one at a time. Without it the page is complete: all slides below each other.
(() => {
  const root = document.documentElement
  const slides = [...document.querySelectorAll(".deck > .slide")]
  if (!slides.length) return
  const make = (tag, name, parent = document.body) => {
    const element = parent.appendChild(document.createElement(tag))
    element.className = name
    return element
  }
  const stepsOf = (slide) => [...slide.querySelectorAll(".step")]
  const isPresenter = location.hash.startsWith("#presenter") && window.opener !== null
  const progress = make("div", "progress")
  const said = make("div", "said")
  said.setAttribute("aria-live", "polite")
  let current = -1, step = 0, partner = null, typed = ""

  // Shows a slide and so many of its steps. The address is left alone where it already names something on the slide.
  function show(slide, steps = 0, { tell = true, focus = true } = {}) {
    const moved = current !== (current = Math.max(0, Math.min(slides.length - 1, slide)))
    const all = stepsOf(slides[current])
    step = Math.max(0, Math.min(all.length, steps))
    all.forEach((element, i) => element.classList.toggle("waiting", i >= step))
    if (moved) {
      slides.forEach((element, i) => {
        element.classList.toggle("shown", i === current)
        element.classList.toggle("next", i === current + 1)
        element.inert = i !== current
      })
      const next = slides[current + 1]
      if (next) for (const element of stepsOf(next)) element.classList.add("waiting")
      progress.style.width = (100 * current) / Math.max(1, slides.length - 1) + "%"
      if (focus) slides[current].focus({ preventScroll: true })
      if (!isPresenter && named()?.slide !== current) location.hash = "/" + (current + 1)
    }
    said.textContent = `Slide ${current + 1} of ${slides.length}` + (all.length ? `, step ${step} of ${all.length}` : "")
    if (isPresenter) present()
    if (tell) send()
  }
  const next = () => {
    if (step < stepsOf(slides[current]).length) show(current, step + 1)
    else if (current < slides.length - 1) show(current + 1)
  }
  const back = () => (step > 0 ? show(current, step - 1) : current > 0 && show(current - 1, Infinity))

  // What the address names: #4, #/4, or the id of anything on a slide.
  function named() {
    const name = decodeURIComponent(location.hash.slice(1))
    if (/^\/?\d+$/.test(name)) return { slide: parseInt(name.replace("/", "")) - 1 }
    const target = name && document.getElementById(name)
    const slide = target ? slides.indexOf(target.closest(".slide")) : -1
    if (slide >= 0) return { slide, step: stepsOf(slides[slide]).findLastIndex((s) => s.contains(target)) + 1 }
  }
  addEventListener("hashchange", () => {
    if (isPresenter) return
    const place = named()
    if (place) place.slide === current && !place.step ? slides[current].focus() : show(place.slide, place.step)
    else slides[current].focus()
    // The browser may have scrolled to the target.
    root.scrollTop = 0
  })

  // Scales the canvas to the window, and what is too high to the canvas, down to 60 %.
  function resize() {
    const scale = isPresenter ? Math.min(innerWidth, innerHeight * 1.6) / 1280 : Math.min(innerWidth / 1280, innerHeight / 720)
    root.style.setProperty("--scale", scale)
  }
  const overflows = (element) => element.scrollHeight > element.clientHeight + 1
  function fit(slide) {
    // Columns give way to their figures: what does not fit there does not make the slide higher.
    const boxes = [slide, ...slide.querySelectorAll(".columns, .column, .grid")]
    let percent = 100
    slide.style.removeProperty("--fit")
    while (boxes.some(overflows) && percent > 60) slide.style.setProperty("--fit", (percent -= 4) / 100)
    slide.toggleAttribute("data-overfull", boxes.some(overflows))
    slide.toggleAttribute("data-scaled", percent < 100)
    slide.querySelectorAll("figure:has(.narrow)").forEach((figure) => draw(figure, slide))
  }
  // Of the two drawings of a figure takes the wide one, unless its letters are small and those of the other larger.
  function draw(figure, slide) {
    const canvas = slide.getBoundingClientRect().width / 1280
    const [wide, narrow] = ["wide", "narrow"].map((kind) => {
      figure.dataset.drawing = kind
      const svg = figure.querySelector(`.${kind} > svg`), box = svg.getBoundingClientRect(), { width, height } = svg.viewBox.baseVal
      return Math.min(box.width / width, box.height / height) / canvas
    })
    if (wide >= Math.min(1.4, narrow)) figure.dataset.drawing = "wide"
  }
  const refit = (event) => {
    const slide = event.target.closest?.(".slide")
    if (slide) fit(slide)
  }
  addEventListener("toggle", refit, true)
  addEventListener("change", refit)
  addEventListener("resize", resize)
  // What is inert is left out of the text of a PDF.
  addEventListener("beforeprint", () => slides.forEach((slide) => (slide.inert = false)))
  addEventListener("afterprint", () => slides.forEach((slide, i) => (slide.inert = i !== current)))

  // The grid of all slides; the slides themselves are the buttons, so nothing in them may take the focus.
  const inOverview = () => root.classList.contains("overview")
  function overview(on) {
    root.classList.toggle("overview", on)
    slides.forEach((slide, i) => {
      slide.inert = !on && i !== current
      for (const child of slide.children) child.inert = on
    })
    slides[current].focus({ preventScroll: !on })
    if (on) slides[current].scrollIntoView({ block: "center" })
  }
  function moveInOverview(key) {
    const at = slides.indexOf(document.activeElement)
    const columns = slides.filter((slide) => slide.offsetTop === slides[0].offsetTop).length
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -at, End: slides.length - 1 - at }
    if (key in by) slides[at + by[key]]?.focus()
    else if (key === "Enter" || key === " ") choose(at)
    else return false
    return true
  }
  function choose(slide) {
    overview(false)
    show(slide)
  }

  // The other window. It may have been loaded anew, so the presenter keeps saying that it is there.
  const send = () => partner?.postMessage({ slide: current, step, black: root.classList.contains("black") }, "*")
  addEventListener("message", ({ source, data }) => {
    // Local files have no origin; but only these two windows have opened one another.
    if (!source || (source !== window.opener && source.opener !== window)) return
    const isNew = partner !== source
    partner = source
    if (data.hello) return isNew && send()
    root.classList.toggle("black", data.black)
    if (inOverview()) overview(false)
    show(data.slide, data.step, { tell: false })
  })
  let panel, present = () => {}
  if (isPresenter) {
    root.classList.add("presenter")
    panel = make("aside", "panel")
    const clock = make("button", "clock", panel), place = make("p", "place", panel), notes = make("div", "notes-box", panel)
    clock.title = "Start again from zero"
    let start = Date.now()
    const two = (number) => String(Math.floor(number)).padStart(2, "0")
    const tick = () => {
      const seconds = (Date.now() - start) / 1000
      clock.textContent = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
      partner.postMessage({ hello: true }, "*")
    }
    clock.onclick = () => ((start = Date.now()), tick())
    present = () => {
      const isBlack = root.classList.contains("black")
      place.textContent = `Slide ${current + 1} of ${slides.length}` + (isBlack ? ", the screen is black" : "")
      notes.replaceChildren(...[...slides[current].querySelectorAll(".notes")].map((note) => note.cloneNode(true)))
    }
    partner = window.opener
    tick()
    setInterval(tick, 1000)
  }

  // Keys
  const black = (on) => {
    root.classList.toggle("black", on)
    show(current, step)
  }
  const help = make("dialog", "keys")
  help.setAttribute("aria-label", "Keys")
  help.innerHTML =
    "<dl>" +
    [
      ["→ ↓ Space Page↓", "next step or slide"], ["← ↑ Shift+Space Page↑", "back"], ["Home, End", "first, last slide"],
      ["4 Enter", "slide 4"], ["o, Esc", "all slides"], ["s", "window with notes and clock"], ["f", "whole screen"],
      ["b", "black screen"], ["?", "these keys"],
    ].map(([keys, what]) => `<dt>${keys}</dt><dd>${what}</dd>`).join("") +
    "</dl>"
  const keys = {
    ArrowRight: next, ArrowDown: next, PageDown: next, ArrowLeft: back, ArrowUp: back, PageUp: back,
    Home: () => show(0), End: () => show(slides.length - 1, Infinity),
    o: () => isPresenter || overview(!inOverview()),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
    s: () => isPresenter || window.open(location.href.split("#")[0] + "#presenter", "presenter", "width=1200,height=760"),
    b: () => black(!root.classList.contains("black")),
    "?": () => help.showModal(),
  }
  keys.Escape = keys.o
  addEventListener("keydown", (event) => {
    const { key, target } = event
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || help.open) return
    if (target.closest?.("input:not([type=radio]), textarea, select, [contenteditable]")) return
    // Tabs are chosen with the arrows; links and buttons are pressed.
    if (target.type === "radio" && /^Arrow|^ $/.test(key)) return
    if (target.closest?.("a, button, summary") && /^(Enter| )$/.test(key)) return
    if (inOverview() && moveInOverview(key)) return event.preventDefault()
    if (/^\d$/.test(key)) typed += key
    else {
      const number = typed
      typed = ""
      if (key === "Enter") return number && show(number - 1)
      const action = key === " " ? (event.shiftKey ? back : next) : keys[key]
      if (!action) return
      event.preventDefault()
      action()
    }
  })

  // Pointers: the edges of the window, swipes, and the grid
  document.addEventListener("click", (event) => {
    const slide = event.target.closest(".slide")
    if (inOverview()) return slide && choose(slides.indexOf(slide))
    if (isPresenter || help.open || event.target.closest("a, button, input, label, summary, dialog")) return
    const x = event.clientX / innerWidth
    if (x < 0.08) back()
    else if (x > 0.92) next()
  })
  let touch = null
  addEventListener("touchstart", ({ touches, target }) => {
    // What scrolls sideways and pages that are enlarged with two fingers keep their swipes.
    const box = target.closest("pre, .scroll, .formula")
    const keeps = touches.length > 1 || visualViewport.scale > 1.05 || (box && box.scrollWidth > box.clientWidth)
    touch = keeps || inOverview() ? null : touches[0]
  }, { passive: true })
  addEventListener("touchend", ({ changedTouches }) => {
    const x = touch && changedTouches[0].clientX - touch.clientX
    if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(changedTouches[0].clientY - touch.clientY)) x < 0 ? next() : back()
    touch = null
  })

  root.classList.add("live")
  for (const slide of slides) slide.tabIndex = -1
  resize()
  slides.forEach(fit)
  // Formulas change their heights when their fonts have come.
  document.fonts.ready.then(() => slides.forEach(fit))
  const start = named()
  show(start?.slide ?? 0, start?.step, { tell: false })
})()

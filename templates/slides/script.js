// Shows the page's slides one at a time. Without it the page is complete: all slides stand below each other.
(() => {
  const root = document.documentElement, { classList } = root
  const on = (...what) => addEventListener(...what)
  const within = (element, selector) => [...element.querySelectorAll(selector)]
  const slides = within(document, ".deck > .slide"), count = slides.length
  if (!count) return
  const make = (tag, what) => Object.assign(document.body.appendChild(document.createElement(tag)), what)
  const isPresenter = location.hash === "#presenter" && !!window.opener
  const progress = make("div", { className: "progress" }), said = make("div", { className: "said", ariaLive: "polite" })
  let current = -1, step = 0, partner = null, present = () => {}

  const inOverview = () => classList.contains("overview")
  // The style hides the others, from screen readers as well.
  function mark() {
    slides.forEach((slide, i) => {
      slide.classList.toggle("shown", i === current)
      slide.classList.toggle("next", i === current + 1)
      // There slides are buttons: nothing in them may take the focus.
      for (const child of slide.children) child.inert = inOverview()
    })
    slides[current].focus({ preventScroll: !inOverview() })
  }
  const setSteps = (slide, shown) =>
    within(slide, ".step").map((element, i) => element.classList.toggle("waiting", i >= shown)).length

  function show(slide, shown = 0, isTold = false) {
    const before = current
    current = Math.max(0, Math.min(count - 1, slide))
    const steps = setSteps(slides[current], shown)
    step = Math.min(shown, steps)
    if (current !== before) {
      mark()
      if (current < count - 1) setSteps(slides[current + 1], 0)
      progress.style.width = `${(100 * (current + 1)) / count}%`
      // The address is left alone where it names something on the slide.
      if (!isPresenter && named()?.slide !== current) location.hash = `/${current + 1}`
    }
    said.textContent = `Slide ${current + 1} of ${count}${step ? `, step ${step} of ${steps}` : ""}`
    present()
    if (!isTold) send()
  }
  const next = () => {
    if (step < within(slides[current], ".step").length) show(current, step + 1)
    else if (current < count - 1) show(current + 1)
  }
  const back = () => (step ? show(current, step - 1) : current && show(current - 1, Infinity))

  // What the address names: #4, #/4, or the id of something.
  function named() {
    const name = decodeURIComponent(location.hash.slice(1))
    if (/^(\/?\d+)?$/.test(name)) return { slide: (name.match(/\d+/) ?? 1) - 1, shown: 0 }
    const target = document.getElementById(name), slide = slides.indexOf(target?.closest(".slide"))
    if (slide < 0) return null
    return { slide, shown: within(slides[slide], ".step").findLastIndex((element) => element.contains(target)) + 1 }
  }
  on("hashchange", () => {
    const place = named()
    if (place && !isPresenter && (place.slide !== current || place.shown > step)) show(place.slide, place.shown)
    else mark()
  })

  // Scales the canvas to the window, and what is too high for the canvas down to 60 %.
  const resize = () => root.style.setProperty("--scale", Math.min(innerWidth / 1280, innerHeight / 720))
  const overflows = (element) => element.scrollHeight > element.clientHeight + 1
  function fit(slide) {
    // What is too high for a column leaves the slide as it is.
    const boxes = [slide, ...within(slide, ".columns, .column, .grid")]
    let percent = 100
    slide.style.removeProperty("--fit")
    while (boxes.some(overflows) && percent > 60) slide.style.setProperty("--fit", (percent -= 4) / 100)
    slide.toggleAttribute("data-scaled", percent < 100)
    slide.toggleAttribute("data-overfull", boxes.some(overflows))
    within(slide, "figure:has(.narrow)").forEach(draw)
  }
  // Takes the wide drawing, unless its letters are small and those of the narrow one larger.
  function draw(figure) {
    const [wide, narrow] = ["wide", "narrow"].map((kind) => {
      figure.dataset.drawing = kind
      const scales = within(figure, `.${kind} > svg`).map((svg) => {
        const { width, height } = svg.viewBox.baseVal
        return Math.min(svg.clientWidth / width, svg.clientHeight / height)
      })
      return Math.max(...scales)
    })
    if (wide >= Math.min(1.4, narrow)) figure.dataset.drawing = "wide"
  }
  const fitAll = () => slides.forEach(fit)
  for (const name of ["toggle", "change"]) on(name, fitAll, true)
  on("resize", resize)

  // The other window may have been loaded anew, so the presenter keeps saying that it is there.
  const send = () => partner?.postMessage({ slide: current, step, black: classList.contains("black") }, "*")
  on("message", ({ source, data }) => {
    // Local files have no origin, but only these windows opened one another.
    if (!source || (source !== window.opener && source.opener !== window)) return
    if (data.hello && source === partner) return
    partner = source
    if (data.hello) return send()
    classList.toggle("black", data.black)
    show(data.slide, data.step, true)
  })
  if (isPresenter) {
    classList.add("presenter")
    partner = window.opener
    const panel = make("aside", { className: "panel" })
    panel.innerHTML = `<button class="clock" title="Start again"></button><p class="place"></p><div class="notes-box"></div>`
    const [clock, place, notes] = panel.children
    let start = Date.now()
    const tick = () => {
      clock.textContent = new Date(Date.now() - start).toISOString().slice(11, 19)
      partner.postMessage({ hello: true }, "*")
    }
    clock.onclick = () => tick((start = Date.now()))
    present = () => {
      place.textContent = said.textContent + (classList.contains("black") ? ", black" : "")
      notes.replaceChildren(...within(slides[current], ".notes").map((note) => note.cloneNode(true)))
    }
    tick()
    setInterval(tick, 1000)
  }

  const help = make("dialog", { className: "keys", ariaLabel: "Keys" })
  help.innerHTML = `<dl><dt>→ ↓ Space Page↓<dd>forward<dt>← ↑ Shift+Space Page↑<dd>back<dt>Home End<dd>first and last slide
    <dt>4 Enter<dd>slide 4<dt>o Esc<dd>all slides<dt>s<dd>window with notes and clock<dt>f<dd>full screen
    <dt>b<dd>black screen<dt>d<dd>the source as a file<dt>?<dd>these keys</dl>`
  const overview = () => isPresenter || mark(classList.toggle("overview"))
  const keys = {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, ArrowLeft: back, ArrowUp: back, PageUp: back,
    Home: () => show(0), End: () => show(count - 1, Infinity), o: overview, Escape: overview, "?": () => help.showModal(),
    s: () => isPresenter || open(location.href.replace(/#.*|$/, "#presenter"), "presenter", "width=1200,height=740"),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
    b: () => show(current, step, void classList.toggle("black")),
    d: () => document.querySelector("button.source")?.click(),
  }
  let typed = ""
  on("keydown", (event) => {
    const { key, target } = event
    if (event.ctrlKey || event.altKey || event.metaKey || help.open) return
    // Fields take all keys, tabs the arrows, and links and buttons are pressed.
    if (target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return
    if (target.type === "radio" && /^Arrow|^ $/.test(key)) return
    if (target.closest("a, button, summary") && /^(Enter| )$/.test(key)) return
    const number = typed
    typed = /^\d$/.test(key) ? typed + key : ""
    let action = key === " " && event.shiftKey ? back : keys[key]
    if (key === "Enter" && number) action = () => show(number - 1)
    else if (inOverview()) {
      const row = slides.filter((slide) => slide.offsetTop === slides[0].offsetTop).length
      const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[key]
      if (by) action = () => slides[current + by] && show(current + by)
      if (/^(Enter| )$/.test(key)) action = overview
    }
    if (!action) return
    event.preventDefault()
    action()
  })

  // The edges of the window, and swipes
  on("click", ({ target, clientX }) => {
    if (inOverview()) return target.matches(".slide") && overview(show(slides.indexOf(target)))
    if (isPresenter || target.closest("a, button, input, label, summary, dialog")) return
    if (clientX < innerWidth * 0.08) back()
    else if (clientX > innerWidth * 0.92) next()
  })
  let touch = null
  on("touchstart", ({ touches, target }) => {
    // What scrolls sideways and enlarged pages keep their swipes.
    const box = target.closest(".scroll, .formula"), isWide = box?.scrollWidth > box?.clientWidth
    touch = isWide || inOverview() || touches.length > 1 || visualViewport.scale > 1.05 ? null : touches[0]
  }, { passive: true })
  on("touchend", ({ changedTouches: [end] }) => {
    const x = touch ? end.clientX - touch.clientX : 0
    if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(end.clientY - touch.clientY)) x < 0 ? next() : back()
    touch = null
  })

  classList.add("live")
  for (const slide of slides) slide.tabIndex = -1
  resize()
  fitAll()
  // Formulas change their heights when their fonts have come.
  document.fonts.ready.then(fitAll)
  const place = named()
  show(place?.slide ?? 0, place?.shown, true)
})()
